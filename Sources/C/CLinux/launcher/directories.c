// SPDX-License-Identifier: Apache-2.0
#include "mounts.h"
#include <sys/syscall.h>
#include <unistd.h>

long list_directory(int directory, char *listing, size_t size) {
    return syscall(SYS_getdents64, directory, listing, size);
}

const struct directory_entry *next_entry(const char *listing, long *at) {
    const struct directory_entry *entry = (const void *)(listing + *at);
    *at += entry->length;
    return entry;
}

bool is_dots(const char *name) {
    return name[0] == '.' && (name[1] == 0 || (name[1] == '.' && name[2] == 0));
}
