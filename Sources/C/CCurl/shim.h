// SPDX-License-Identifier: Apache-2.0
#pragma once
// Declarations alone: the library is opened when the first request needs it, so nothing here may refer to
// one of its symbols. What takes `...` is reached through a pointer to it.
#include <curl/curl.h>
#include <dlfcn.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

static inline CURLcode ccurl_set_long(void *setopt, CURL *easy, CURLoption option, long value) {
    return ((CURLcode (*)(CURL *, CURLoption, ...))setopt)(easy, option, value);
}

static inline CURLcode ccurl_set_offset(void *setopt, CURL *easy, CURLoption option, curl_off_t value) {
    return ((CURLcode (*)(CURL *, CURLoption, ...))setopt)(easy, option, value);
}

static inline CURLcode ccurl_set_text(void *setopt, CURL *easy, CURLoption option, const char *value) {
    return ((CURLcode (*)(CURL *, CURLoption, ...))setopt)(easy, option, value);
}

static inline CURLcode ccurl_set_pointer(void *setopt, CURL *easy, CURLoption option, void *value) {
    return ((CURLcode (*)(CURL *, CURLoption, ...))setopt)(easy, option, value);
}

static inline CURLcode ccurl_set_blob(
    void *setopt, CURL *easy, CURLoption option, const void *bytes, size_t count) {
    struct curl_blob blob = {(void *)bytes, count, CURL_BLOB_COPY};
    return ((CURLcode (*)(CURL *, CURLoption, ...))setopt)(easy, option, &blob);
}

static inline CURLcode ccurl_set_transfer(
    void *setopt, CURL *easy, CURLoption option, size_t (*callback)(char *, size_t, size_t, void *)) {
    return ((CURLcode (*)(CURL *, CURLoption, ...))setopt)(easy, option, callback);
}

static inline CURLcode ccurl_set_seek(void *setopt, CURL *easy, curl_seek_callback callback) {
    return ((CURLcode (*)(CURL *, CURLoption, ...))setopt)(easy, CURLOPT_SEEKFUNCTION, callback);
}

static inline CURLcode ccurl_set_tls_setup(void *setopt, CURL *easy, curl_ssl_ctx_callback callback) {
    return ((CURLcode (*)(CURL *, CURLoption, ...))setopt)(easy, CURLOPT_SSL_CTX_FUNCTION, callback);
}

static inline CURLMcode ccurl_multi_set_long(void *setopt, CURLM *multi, CURLMoption option, long value) {
    return ((CURLMcode (*)(CURLM *, CURLMoption, ...))setopt)(multi, option, value);
}

static inline CURLcode ccurl_get_pointer(void *getinfo, CURL *easy, CURLINFO info, void **value) {
    return ((CURLcode (*)(CURL *, CURLINFO, ...))getinfo)(easy, info, value);
}

static inline CURLcode ccurl_get_long(void *getinfo, CURL *easy, CURLINFO info, long *value) {
    return ((CURLcode (*)(CURL *, CURLINFO, ...))getinfo)(easy, info, value);
}

// What libcurl is given for its memory, which holds tokens and answers for a while: wiped when released.
static inline void ccurl_wipe_free(void *block) {
    if (!block) return;
    explicit_bzero(block, malloc_usable_size(block));
    free(block);
}

static inline void *ccurl_wipe_realloc(void *block, size_t count) {
    size_t held = block ? malloc_usable_size(block) : 0;
    if (held >= count && count > 0 && held / 2 <= count) return block;
    void *larger = malloc(count ? count : 1);
    if (!larger) return NULL;
    if (block) memcpy(larger, block, held < count ? held : count);
    ccurl_wipe_free(block);
    return larger;
}
