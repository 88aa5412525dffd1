// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "CLinux.h"
#include <spawn.h>
#include <sys/syscall.h>
#include <unistd.h>

int clinux_pidfd_open(int pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }

char **clinux_environment(void) { return environ; }

int clinux_close_spawned(void *actions, int first) {
    return posix_spawn_file_actions_addclosefrom_np(actions, first);
}
