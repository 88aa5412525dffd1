// SPDX-License-Identifier: Apache-2.0
// How the launcher's code fails: the first failed call is recorded once, in words and errno, and every
// caller above it returns -1. One record a process is enough: the launcher and each init have one thread.
#pragma once
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>

/// A failed call: its name as in section 2 of the manual, what it was asked for, and errno.
struct failure {
    int code;
    char operation[32];
    char subject[480];
};

/// The process's failure; `code` is 0 while there is none.
extern struct failure failure;

/// Records errno for a failed call and returns -1.
int fail(const char *operation, const char *subject);

/// Records a given error and returns -1.
int fail_with(int code, const char *operation, const char *subject);
