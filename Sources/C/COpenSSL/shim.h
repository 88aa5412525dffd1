#pragma once
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/param_build.h>
#include <openssl/params.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/rand.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

static inline void *copenssl_allocate(size_t count, const char *file, int line) { return malloc(count); }

static inline void copenssl_wipe_free(void *block, const char *file, int line) {
    if (!block) return;
    explicit_bzero(block, malloc_usable_size(block));
    free(block);
}

static inline void *copenssl_wipe_reallocate(void *block, size_t count, const char *file, int line) {
    size_t held = block ? malloc_usable_size(block) : 0;
    if (count > 0 && held >= count && held / 2 <= count) return block;
    void *other = count ? malloc(count) : NULL;
    if (count && !other) return NULL;
    if (block && other) memcpy(other, block, held < count ? held : count);
    copenssl_wipe_free(block, file, line);
    return other;
}

/// Has libcrypto wipe what it frees: copies of keys that it makes on its way lie outside of the secure heap. 0 where it
/// has allocated something before.
static inline int copenssl_wipe_freed(void) {
    return CRYPTO_set_mem_functions(copenssl_allocate, copenssl_wipe_reallocate, copenssl_wipe_free);
}

/// A macro of macros, which Swift does not import.
static inline int copenssl_keypair(void) { return EVP_PKEY_KEYPAIR; }

/// Adds n, e or d of an RSA key. The builder keeps the name's address, which Swift's strings do not have.
static inline int copenssl_push_rsa_number(OSSL_PARAM_BLD *builder, int place, const BIGNUM *number) {
    static const char *const names[] = {OSSL_PKEY_PARAM_RSA_N, OSSL_PKEY_PARAM_RSA_E, OSSL_PKEY_PARAM_RSA_D};
    return OSSL_PARAM_BLD_push_BN(builder, names[place], number);
}
