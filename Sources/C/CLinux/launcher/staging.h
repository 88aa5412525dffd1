// SPDX-License-Identifier: Apache-2.0
// The launcher's private mount namespace. Its root is a small tmpfs:
//
//     /host      the host's root with all its mounts
//     /fixtures  what every world gets, prepared once: copies of the host's other mounts, device nodes,
//                masks; a step's namespace is a copy of the launcher's, so a world takes them by one
//                move_mount(2) each
//     /secrets   the secret filesystem
//     /mask      a layer that every world has above the host's: its opaque directories hide the host's
//     /tasks/N   the trees of the tasks
//     /empty     what masks a directory
//     /layer/N   where layers are put together
//     /layers/N  a task's layers as one directory; see layers.c
//     /step      where a step's namespace puts its own writable tmpfs
//     /root      where it puts the step's root
//     /skeleton  an ordinary user's: the host's directories, without what is in them; see staging_user.c
#pragma once
#include "protocol.h"
#include <sys/types.h>

/// One prepared mount and its place in every world, relative to the root.
struct fixture {
    const char *staged;
    const char *target;
};

/// What an ordinary user's world has in its root, or in a directory that is put together from its entries.
struct root_piece {
    const char *name;  // its path, relative to the root
    const char *link;  // where a link leads; else NULL
    const char *file;  // a file of the host's, staged; else NULL
    const char *lower; // the lower layers of an overlay on a directory; else NULL
    bool is_split;     // a directory whose entries are pieces
    bool is_bound;     // a directory over which the host's is mounted, read-only
    mode_t mode;
};

enum { FIXTURE_LIMIT = 512, HIDDEN_LIMIT = 256, PIECE_LIMIT = 256 };

/// What the launcher prepared; each init finds it in its copy of the memory.
struct staging {
    int host;                             // the host's root, O_PATH
    uint64_t overlay_limit;               // bytes; 0 for half of the memory
    struct fixture mounts[FIXTURE_LIMIT]; // of the host, attached in order, parents first
    size_t mount_count;
    struct fixture masks[16];             // in the world's own /proc, relative to it
    size_t mask_count;
    struct fixture devices[8];            // in the world's own /dev, relative to it
    size_t device_count;
    const char *sys;                      // becomes /sys, with the control groups in it
    const char *hidden[HIDDEN_LIMIT];     // paths of the host that no world shows
    size_t hidden_count;
    struct root_piece pieces[PIECE_LIMIT]; // of an ordinary user's root
    size_t piece_count;
    bool etc_is_mounted;                  // one of `mounts` covers /etc
    const char *layers;                   // of the step whose world is being built; NULL for none
    bool copies_resolver;                 // the host's resolv.conf is a link or a mount
};

extern struct staging staging;

/// Makes the private namespace and its root; nothing of the host is prepared yet.
int stage_namespace(void);

/// Prepares everything that worlds have in common. `hidden` are absolute paths of the host.
int stage_world(uint32_t hidden_count, struct cursor *hidden, uint64_t overlay_limit);

/// Prepares the host's own mounts; see staging_mounts.c.
int stage_host_mounts(void);

/// Prepares the layer that hides directories of the host; see staging_mask.c.
int stage_mask(uint32_t hidden_count, struct cursor *hidden);

/// Prepares the root of an ordinary user's worlds; takes the place of the mask and of the host's mounts.
int stage_user_root(uint32_t hidden_count, struct cursor *hidden);

/// Makes the skeleton of the host's directories for an ordinary user; see staging_user.c.
int stage_skeleton(void);

/// Puts the name under which the host knows a directory to be hidden into `name`; -1 when it cannot be one.
int name_hidden(const char *path, char name[4096]);

/// Prepares /dev, /sys, and what covers parts of /proc; see staging_system.c.
int stage_system(void);

/// Covers directories of a /sys that a container does not show, as far as they exist.
int cover_sys(int sys);

/// Whether `path` is `parent` or lies below it.
bool lies_below(const char *path, const char *parent);

/// Whether worlds do not show this path of the host.
bool is_hidden(const char *path);

/// Puts a tree at the next place below /fixtures and returns that place; closes the tree. NULL on failure.
const char *stage_tree(int tree, bool is_directory);

/// Stages a copy of a mount or directory if it exists, with MOUNT_ATTR_* added; returns 1 if so, 0 if not.
int stage_copy(const char *path, uint64_t attributes, bool recursive, const char **staged);

/// A copy of a text that lives as long as the process. NULL when there is no room.
const char *keep_text(const char *text);
