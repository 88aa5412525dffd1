// SPDX-License-Identifier: Apache-2.0
// The launcher's private mount namespace. Its root is a small tmpfs:
//
//     /host      the host's root with all its mounts
//     /fixtures  what every world gets, prepared once: copies of the host's other mounts, device nodes,
//                masks; a step's namespace is a copy of the launcher's, so a world takes them by one
//                move_mount(2) each
//     /secrets   the secret filesystem
//     /tasks/N   the trees of the tasks
//     /empty     what masks a directory
//     /step      where a step's namespace puts its own writable tmpfs
#pragma once
#include "protocol.h"
#include <sys/types.h>

/// One prepared mount and its place in every world, relative to the root.
struct fixture {
    const char *staged;
    const char *target;
};

/// One directory that stands in the writable layer from the start. Opaque ones hide the host's.
struct skeleton {
    const char *path;
    mode_t mode;
    uid_t owner;
    gid_t group;
    bool is_opaque;
};

enum { FIXTURE_LIMIT = 512, SKELETON_LIMIT = 256 };

/// What the launcher prepared; each init finds it in its copy of the memory.
struct staging {
    int host;                        // the host's root, O_PATH
    uint64_t overlay_limit;          // bytes; 0 for half of the memory
    struct fixture mounts[FIXTURE_LIMIT]; // attached in order, parents first
    size_t mount_count;
    struct fixture masks[16];        // attached over the world's own /proc
    size_t mask_count;
    struct fixture devices[8];       // below /dev
    size_t device_count;
    const char *control_groups;      // staged /sys/fs/cgroup, for a /sys of its own; NULL without
    struct skeleton skeleton[SKELETON_LIMIT];
    size_t skeleton_count;
};

extern struct staging staging;

/// Makes the private namespace and its root; nothing of the host is prepared yet.
int stage_namespace(void);

/// Prepares everything that worlds have in common. `hidden` are absolute paths of the host.
int stage_world(uint32_t hidden_count, struct cursor *hidden, uint64_t overlay_limit);

/// Prepares the host's own mounts; see staging_mounts.c.
int stage_host_mounts(void);

/// Prepares what hides a directory, or keeps it as it is on the host; see staging_skeleton.c.
int stage_skeleton(uint32_t hidden_count, struct cursor *hidden);

/// Whether `path` is `parent` or lies below it.
bool lies_below(const char *path, const char *parent);

/// Whether worlds do not show this path of the host.
bool is_hidden(const char *path);

/// Puts a tree at the next place below /fixtures and returns that place; closes the tree. NULL on failure.
const char *stage_tree(int tree, bool is_directory);

/// A copy of a text that lives as long as the process. NULL when there is no room.
const char *keep_text(const char *text);
