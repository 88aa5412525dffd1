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

static int open_directory(const char *path) {
    int directory = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
    return directory < 0 ? fail("open", path) : directory;
}

// A path of the host is the configuration's and may lead through links. A path in a task's tree is the
// runner's own, and a link on it a step's doing.
static int open_source(const struct step *step, const struct world_mount *mount) {
    const uint64_t strict = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
    uint64_t resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS;
    char base[32] = "/secrets", digits[21];
    int root = staging.host;
    if (mount->source_kind != FROM_HOST) {
        if (mount->source_kind == FROM_TASK) {
            strcpy(base, "/tasks/");
            strcat(base, decimal(step->task, digits));
        }
        if ((root = open_directory(base)) < 0) return -1;
        resolve = strict;
    }
    const char *path = *mount->source ? mount->source : ".";
    int source = open_resolved(root, path, O_PATH, resolve);
    int code = errno;
    if (root != staging.host) close(root);
    return source < 0 ? fail_with(code, "openat2", path) : source;
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
static int open_mount(const struct step *step, const struct world_mount *mount, bool *is_directory) {
    struct stat status;
    *is_directory = true;
    if (mount->source_kind == TEMPORARY) return new_temporary(mount);
    int source = open_source(step, mount);
    if (source < 0 || (source = open_sub_path(source, mount->sub_path)) < 0) return -1;
    if (fstat(source, &status) == 0) *is_directory = S_ISDIR(status.st_mode);
    int tree = clone_tree(source, "", mount->source_kind == FROM_HOST);
    close(source);
    return tree;
}

static int attach_mount(const struct step *step, const struct world_mount *mount, int root) {
    bool is_directory;
    int tree = open_mount(step, mount, &is_directory);
    if (tree < 0) return -1;
    uint64_t attributes = MOUNT_ATTR_NODEV | (mount->is_read_only ? MOUNT_ATTR_RDONLY : 0);
    int place = -1;
    if (set_attributes(tree, attributes, true, mount->target) == 0) {
        struct creation creation = {is_directory, is_directory ? 0755 : 0644};
        uint64_t resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS;
        place = open_or_create(root, mount->target, resolve, creation);
    }
    if (place >= 0) return attach_at(tree, place, mount->target);
    close(tree);
    return -1;
}

static int attach_tool_path(const struct step *step, const char *path, int root) {
    const struct world_mount mount = {
        .source_kind = FROM_HOST, .is_read_only = true, .source = path, .sub_path = "", .target = path};
    return attach_mount(step, &mount, root);
}

int attach_mounts(const struct step *step, int root) {
    for (uint32_t i = 0; i < step->tool_path_count; i++)
        if (attach_tool_path(step, step->tool_paths[i], root) < 0) return -1;
    for (uint32_t i = 0; i < step->mount_count; i++)
        if (attach_mount(step, &step->mounts[i], root) < 0) return -1;
    return 0;
}
