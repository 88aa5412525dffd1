// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "CLinux.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

static int set_text(int context, const char *key, const char *value) {
    return (int)syscall(SYS_fsconfig, context, FSCONFIG_SET_STRING, key, value, 0);
}

static int set_flag(int context, const char *key) {
    return (int)syscall(SYS_fsconfig, context, FSCONFIG_SET_FLAG, key, NULL, 0);
}

static int configure(int context, int device, int read_only) {
    char number[16];
    snprintf(number, sizeof number, "%d", device);
    if (set_text(context, "source", "tacit") != 0) return -1;
    if (set_text(context, "subtype", "secrets") != 0) return -1;
    if (set_text(context, "fd", number) != 0) return -1;
    if (set_text(context, "rootmode", "40000") != 0) return -1;
    if (set_text(context, "user_id", "0") != 0) return -1;
    if (set_text(context, "group_id", "0") != 0) return -1;
    if (set_flag(context, "allow_other") != 0) return -1;
    if (set_flag(context, "default_permissions") != 0) return -1;
    if (read_only && set_flag(context, "ro") != 0) return -1;
    return (int)syscall(SYS_fsconfig, context, FSCONFIG_CMD_CREATE, NULL, NULL, 0);
}

int clinux_fuse_mount(int device, int read_only) {
    int context = (int)syscall(SYS_fsopen, "fuse", FSOPEN_CLOEXEC);
    if (context < 0) return -1;
    int mount = -1;
    if (configure(context, device, read_only) == 0) {
        unsigned int attributes = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV;
        if (read_only) attributes |= MOUNT_ATTR_RDONLY;
        mount = (int)syscall(SYS_fsmount, context, FSMOUNT_CLOEXEC, attributes);
    }
    int failure = errno;
    close(context);
    errno = failure;
    return mount;
}

int clinux_attach_mount(int mount, const char *path) {
    return (int)syscall(SYS_move_mount, mount, "", AT_FDCWD, path, MOVE_MOUNT_F_EMPTY_PATH);
}
