// SPDX-License-Identifier: Apache-2.0
// The mount system calls of Linux 5.2 and later, as steps' worlds are built from them. Every function
// returns a descriptor or 0, and -1 after recording the failure.
#pragma once
#include "failure.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

/// A parameter of a new filesystem; without a value it is a flag. A list ends with an empty key.
struct option {
    const char *key;
    const char *value;
};

/// How a path is created when it is missing.
struct creation {
    bool is_directory;
    mode_t mode;
};

/// A new filesystem that is attached nowhere yet. `attributes` are MOUNT_ATTR_*.
int new_filesystem(const char *type, const struct option *options, unsigned int attributes);

/// A copy of the mount at `path`, attached nowhere; an empty path means the descriptor itself.
int clone_tree(int directory, const char *path, bool recursive);

/// Adds MOUNT_ATTR_* to a tree and cuts it off from the host's later mounts.
int set_attributes(int tree, uint64_t attributes, bool recursive, const char *subject);

/// A copy of the mount at `path` with attributes added; both recursive or not.
int clone_with_attributes(int directory, const char *path, uint64_t attributes, bool recursive);

/// Attaches a tree at a path that is resolved inside `root`; closes the tree in any case.
int attach(int tree, int root, const char *target);

/// Attaches a tree on an open place (O_PATH); closes both in any case.
int attach_at(int tree, int place, const char *subject);

/// openat2(2) with O_CLOEXEC; records nothing and leaves errno.
int open_resolved(int directory, const char *path, int flags, uint64_t resolve);

/// Opens a path (O_PATH) and creates what is missing of it. `resolve` is RESOLVE_* of openat2(2).
int open_or_create(int directory, const char *path, uint64_t resolve, struct creation creation);

/// Writes a decimal number as text, for options; `text` holds at least 21 bytes.
const char *decimal(uint64_t number, char text[21]);

/// An entry of a directory, as getdents64(2) has it.
struct directory_entry {
    uint64_t inode;
    int64_t offset;
    unsigned short length;
    unsigned char type; // DT_* of readdir(3)
    char name[];
};

/// Reads the next entries of a directory, without the C library's allocation: how many bytes, 0 at the end.
/// `listing` is aligned as the entries are.
long list_directory(int directory, char *listing, size_t size);

/// The entry at an offset of a listing; moves the offset to the one behind it.
const struct directory_entry *next_entry(const char *listing, long *at);

/// Whether a name is `.` or `..`.
bool is_dots(const char *name);
