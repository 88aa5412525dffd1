// SPDX-License-Identifier: Apache-2.0
// The only C we write: what Glibc's Swift module cannot express, and the launcher, which must run
// between clone3(2) and execve(2) where no Swift may.
#pragma once

/// Names the calling thread; at most 15 bytes are kept. pthread_setname_np(3).
void clinux_name_thread(const char *name);

/// openat(2), close-on-exec. Here because its mode argument is variadic.
int clinux_openat(int directory, const char *path, int flags, unsigned int mode);

/// pipe2(2) with O_CLOEXEC on both ends. Here because Glibc declares it under _GNU_SOURCE only.
int clinux_pipe(int ends[2]);

/// getrandom(2) without flags: how many bytes were filled, or -1. Here because Glibc's module lacks it.
long clinux_random(void *bytes, long count);

/// openat2(2) with RESOLVE_BENEATH, RESOLVE_NO_SYMLINKS and RESOLVE_NO_MAGICLINKS, close-on-exec.
int clinux_open_beneath(int directory, const char *path, int flags, unsigned int mode);

/// Raises a pipe's capacity; fcntl(2) F_SETPIPE_SZ. The kernel may grant less; that is no failure.
void clinux_enlarge_pipe(int pipe, int byte_count);
