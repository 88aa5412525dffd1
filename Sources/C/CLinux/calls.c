// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "CLinux.h"
#include <fcntl.h>
#include <linux/keyctl.h>
#include <linux/openat2.h>
#include <pthread.h>
#include <sched.h>
#include <sys/random.h>
#include <sys/syscall.h>
#include <unistd.h>

void clinux_name_thread(const char *name) { pthread_setname_np(pthread_self(), name); }

int clinux_openat(int directory, const char *path, int flags, unsigned int mode) {
    return openat(directory, path, flags | O_CLOEXEC, mode);
}

int clinux_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

long clinux_random(void *bytes, long count) { return getrandom(bytes, (size_t)count, 0); }

int clinux_processor_count(void) {
    cpu_set_t set;
    return sched_getaffinity(0, sizeof set, &set) < 0 ? 1 : CPU_COUNT(&set);
}

int clinux_open_beneath(int directory, const char *path, int flags, unsigned int mode) {
    struct open_how how = {
        .flags = (unsigned)flags | O_CLOEXEC,
        .mode = flags & O_CREAT ? mode : 0,
        .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS,
    };
    return (int)syscall(SYS_openat2, directory, path, &how, sizeof how);
}

void clinux_enlarge_pipe(int pipe, int byte_count) { fcntl(pipe, F_SETPIPE_SZ, byte_count); }

int clinux_signal_process(int pidfd, int signal) {
    return (int)syscall(SYS_pidfd_send_signal, pidfd, signal, NULL, 0);
}

int clinux_find_key(const char *description) {
    long key = syscall(SYS_request_key, "user", description, NULL, 0);
    // A session keyring need not be linked to the user's own.
    if (key < 0) key = syscall(SYS_keyctl, KEYCTL_SEARCH, KEY_SPEC_USER_KEYRING, "user", description, 0);
    if (key < 0) key = syscall(SYS_keyctl, KEYCTL_SEARCH, KEY_SPEC_USER_SESSION_KEYRING, "user", description, 0);
    return (int)key;
}

long clinux_read_key(int key, void *bytes, unsigned long count) {
    return syscall(SYS_keyctl, KEYCTL_READ, key, bytes, count, 0);
}

int clinux_is_first_thread(void) { return gettid() == getpid(); }
