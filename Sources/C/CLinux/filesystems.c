// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "CLinux.h"
#include <linux/magic.h>
#include <stddef.h>
#include <sys/vfs.h>
#include <sys/xattr.h>

int clinux_writes_in_place(int file) {
    struct statfs status;
    if (fstatfs(file, &status) < 0) return -1;
    return status.f_type == EXT4_SUPER_MAGIC || status.f_type == XFS_SUPER_MAGIC || status.f_type == TMPFS_MAGIC;
}

int clinux_has_capabilities(const char *path) {
    return lgetxattr(path, "security.capability", NULL, 0) > 0;
}
