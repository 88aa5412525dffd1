// SPDX-License-Identifier: Apache-2.0
// What the request mounts into the world: pieces of the host, of the task's tree and of the secret
// filesystem, temporary filesystems, and the host's tools.
#include "mounts.h"
#include "staging.h"
#include "step.h"
#include <fcntl.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

// Another task's tree; the descriptor ends with the process that builds this step's world.
static int tree_root(uint64_t number) {
    char path[32] = "/tasks/", digits[21];
    strcat(path, decimal(number, digits));
    int root = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
    return root < 0 ? fail("open", path) : root;
}

// Where the sources of one kind begin; opened once a step.
static int source_root(const struct step *step, const struct world_mount *mount) {
    static int roots[] = {[FROM_HOST] = -1, [FROM_TASK] = -1, [FROM_SECRETS] = -1};
    uint32_t kind = mount->source_kind;
    if (kind == FROM_HOST) return staging.host;
    if (kind == FROM_TREE) return tree_root(mount->byte_limit);
    if (kind > FROM_SECRETS) return fail_with(EINVAL, "open", "a source of unknown kind");
    if (roots[kind] >= 0) return roots[kind];
    char path[32] = "/secrets", digits[21];
    if (kind == FROM_TASK) {
        strcpy(path, "/tasks/");
        strcat(path, decimal(step->task, digits));
    }
    roots[kind] = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
    return roots[kind] < 0 ? fail("open", path) : roots[kind];
}

// No path leads through links: the runner gives a path of the host without any, and one that is there now, or
// one on a path in a task's tree, is a step's doing.
static int open_source(const struct step *step, const struct world_mount *mount) {
    const uint64_t strict = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
    const uint64_t in_host = RESOLVE_IN_ROOT | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
    int root = source_root(step, mount);
    if (root < 0) return -1;
    const char *path = *mount->source ? mount->source : ".";
    bool is_host = mount->source_kind == FROM_HOST;
    int source = open_resolved(root, path, O_PATH, is_host ? in_host : strict);
    return source < 0 ? fail("openat2", path) : source;
}

// Replaces a source by the path beneath it, which takes the mode of the source where it has to be created.
static int open_sub_path(int source, const char *path) {
    struct stat status;
    if (!*path) return source;
    int found = -1;
    if (fstat(source, &status) < 0) fail("fstat", path);
    else {
        struct creation creation = {.is_directory = true, .mode = status.st_mode & 07777};
        found = open_or_create(source, path, RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS, creation);
    }
    close(source);
    return found;
}

static int new_temporary(const struct world_mount *mount) {
    char size[21];
    const struct option limited[] = {
        {"mode", "1777"}, {"size", decimal(mount->byte_limit, size)}, {0}};
    const struct option unlimited[] = {{"mode", "1777"}, {0}};
    if (*mount->sub_path) return fail_with(EINVAL, "open_tree", mount->sub_path);
    return new_filesystem("tmpfs", mount->byte_limit ? limited : unlimited, MOUNT_ATTR_NODEV);
}

// A tree ready to be attached. Directories of the host bring what is mounted below them.
static int open_mount(const struct step *step, struct world_mount *mount) {
    struct stat status;
    mount->is_directory = true;
    if (mount->source_kind == TEMPORARY) return mount->tree = new_temporary(mount);
    int source = open_source(step, mount);
    if (source < 0 || (source = open_sub_path(source, mount->sub_path)) < 0) return -1;
    if (fstat(source, &status) == 0) mount->is_directory = S_ISDIR(status.st_mode);
    mount->tree = clone_tree(source, "", mount->source_kind == FROM_HOST);
    close(source);
    return mount->tree;
}

static bool is_absent(int directory, const char *name) {
    struct stat status;
    return fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) < 0 && errno == ENOENT;
}

// Whether the path's first component is not the host's, nor a layer's, so that nothing of it can be anything but ours.
static bool is_fresh(const char *target) {
    static char first[256]; // the last that was looked up, as most are the same
    static bool is_found_fresh;
    char path[300];
    while (*target == '/') target++;
    size_t length = strcspn(target, "/");
    if (length == 0 || length >= 256 || strstr(target, "..")) return false;
    if (strncmp(first, target, length) == 0 && first[length] == 0) return is_found_fresh;
    memcpy(first, target, length);
    first[length] = 0;
    is_found_fresh = is_absent(staging.host, first);
    if (is_found_fresh && staging.layers)
        is_found_fresh = is_absent(AT_FDCWD, strcat(strcat(strcpy(path, staging.layers), "/"), first));
    return is_found_fresh;
}

// Makes a mount's place below the writable layer before the overlay is there: a tmpfs takes a fraction of an
// overlay's time. What goes wrong here is found again, and told, where the mount is attached.
static void make_place(const struct world_mount *mount) {
    char path[4200] = "upper/";
    const char *target = mount->target;
    while (*target == '/') target++;
    if (strlen(target) >= 4096) return;
    strcat(path, target);
    if (mount->is_directory && (mkdir(path, 0755) == 0 || errno != ENOENT)) return;
    for (char *end = path + strlen("upper/"); *end; end++) {
        if (*end != '/') continue;
        *end = 0;
        mkdir(path, 0755);
        *end = '/';
    }
    if (mount->is_directory) mkdir(path, 0755);
}

int open_mounts(const struct step *step) {
    for (uint32_t i = 0; i < step->mount_count; i++) {
        struct world_mount *mount = &step->mounts[i];
        if (open_mount(step, mount) < 0) return -1;
        if (is_fresh(mount->target)) make_place(mount);
    }
    return 0;
}

static int attach_mount(const struct world_mount *mount, int root) {
    uint64_t attributes = MOUNT_ATTR_NODEV | (mount->is_read_only ? MOUNT_ATTR_RDONLY : 0);
    // What a step leaves in a directory of the host gives no later step another user's power.
    if (mount->source_kind == FROM_HOST) attributes |= MOUNT_ATTR_NOSUID;
    int place = -1;
    if (set_attributes(mount->tree, attributes, true, mount->target) == 0) {
        struct creation creation = {mount->is_directory, mount->is_directory ? 0755 : 0644};
        uint64_t resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS;
        place = open_or_create(root, mount->target, resolve, creation);
    }
    if (place >= 0) return attach_at(mount->tree, place, mount->target);
    close(mount->tree);
    return -1;
}

static int attach_tool_path(const struct step *step, const char *path, int root) {
    struct world_mount mount = {
        .source_kind = FROM_HOST, .is_read_only = true, .source = path, .sub_path = "", .target = path};
    return open_mount(step, &mount) < 0 ? -1 : attach_mount(&mount, root);
}

int attach_mounts(const struct step *step, int root) {
    for (uint32_t i = 0; i < step->tool_path_count; i++)
        if (attach_tool_path(step, step->tool_paths[i], root) < 0) return -1;
    for (uint32_t i = 0; i < step->mount_count; i++)
        if (attach_mount(&step->mounts[i], root) < 0) return -1;
    return 0;
}
