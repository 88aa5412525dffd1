// SPDX-License-Identifier: Apache-2.0
#include "failure.h"
#include <string.h>

struct failure failure;

static void copy_text(char *to, size_t size, const char *from) {
    size_t length = strnlen(from, size - 1);
    memcpy(to, from, length);
    to[length] = 0;
}

int fail_with(int code, const char *operation, const char *subject) {
    failure.code = code;
    copy_text(failure.operation, sizeof failure.operation, operation);
    copy_text(failure.subject, sizeof failure.subject, subject);
    return -1;
}

int fail(const char *operation, const char *subject) { return fail_with(errno, operation, subject); }
