// SPDX-License-Identifier: Apache-2.0
#include "mounts.h"
#include <fcntl.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <unistd.h>

// The kernel explains a refused parameter or filesystem in lines such as "e overlay: ..." that are read
// from the context; the last one is put into the failure's subject.
static int fail_with_log(int context, const char *operation, const char *type) {
    int code = errno;
    char line[256], subject[384];
    ssize_t length = read(context, line, sizeof line - 1);
    size_t used = strlen(type);
    memcpy(subject, type, used + 1);
    if (length > 2) {
        line[length] = 0;
        line[strcspn(line, "\n")] = 0;
        memcpy(subject + used, ": ", 2);
        memcpy(subject + used + 2, line + 2, strlen(line + 2) + 1);
    }
    close(context);
    return fail_with(code, operation, subject);
}

int new_filesystem(const char *type, const struct option *options, unsigned int attributes) {
    int context = fsopen(type, FSOPEN_CLOEXEC);
    if (context < 0) return fail("fsopen", type);
    for (const struct option *option = options; option && option->key; option++) {
        enum fsconfig_command command = option->value ? FSCONFIG_SET_STRING : FSCONFIG_SET_FLAG;
        if (fsconfig(context, command, option->key, option->value, 0) < 0)
            return fail_with_log(context, "fsconfig", type);
    }
    if (fsconfig(context, FSCONFIG_CMD_CREATE, NULL, NULL, 0) < 0)
        return fail_with_log(context, "fsconfig", type);
    int mount = fsmount(context, FSMOUNT_CLOEXEC, attributes);
    if (mount < 0) return fail_with_log(context, "fsmount", type);
    close(context);
    return mount;
}

int clone_tree(int directory, const char *path, bool recursive) {
    unsigned int flags = OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC;
    if (recursive) flags |= AT_RECURSIVE;
    if (!*path) flags |= AT_EMPTY_PATH;
    int tree = open_tree(directory, path, flags);
    return tree < 0 ? fail("open_tree", path) : tree;
}

int set_attributes(int tree, uint64_t attributes, bool recursive, const char *subject) {
    // Private, or what the host mounts below it later would appear in it, without these attributes.
    struct mount_attr change = {.attr_set = attributes, .propagation = MS_PRIVATE};
    unsigned int flags = AT_EMPTY_PATH | (recursive ? AT_RECURSIVE : 0);
    if (mount_setattr(tree, "", flags, &change, sizeof change) < 0)
        return fail("mount_setattr", subject);
    return 0;
}

int clone_with_attributes(int directory, const char *path, uint64_t attributes, bool recursive) {
    int tree = clone_tree(directory, path, recursive);
    if (tree < 0) return -1;
    if (set_attributes(tree, attributes, recursive, path) == 0) return tree;
    close(tree);
    return -1;
}

int open_resolved(int directory, const char *path, int flags, uint64_t resolve) {
    struct open_how how = {.flags = (uint64_t)(flags | O_CLOEXEC), .resolve = resolve};
    int opened;
    do opened = (int)syscall(SYS_openat2, directory, path, &how, sizeof how);
    while (opened < 0 && (errno == EINTR || errno == EAGAIN));
    return opened;
}

int attach_at(int tree, int place, const char *subject) {
    unsigned int flags = MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH;
    int outcome = move_mount(tree, "", place, "", flags);
    if (outcome < 0) fail("move_mount", subject);
    close(place);
    close(tree);
    return outcome;
}

int attach(int tree, int root, const char *target) {
    int place = open_resolved(root, target, O_PATH, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS);
    if (place >= 0) return attach_at(tree, place, target);
    fail("openat2", target);
    close(tree);
    return -1;
}

static int create_entry(int parent, const char *name, struct creation creation) {
    if (creation.is_directory) return mkdirat(parent, name, creation.mode);
    int file = openat(parent, name, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, creation.mode);
    if (file < 0) return -1;
    close(file);
    return 0;
}

// Opens the path that `parent` and its last component name, and creates that one when it is missing.
static int open_component(
    int root, int parent, const char *prefix, uint64_t resolve, struct creation creation) {
    int opened = open_resolved(root, prefix, O_PATH, resolve);
    if (opened >= 0 || errno != ENOENT) return opened;
    const char *slash = strrchr(prefix, '/');
    const char *name = slash ? slash + 1 : prefix;
    if (create_entry(parent, name, creation) < 0 && errno != EEXIST) return -1;
    // Resolved again, so that whoever renames the parent meanwhile cannot lead it out.
    return open_resolved(root, prefix, O_PATH, resolve);
}

static int create_path(int root, char *path, uint64_t resolve, struct creation creation) {
    struct creation directory = {true, creation.is_directory ? creation.mode : 0755};
    int parent = root;
    for (char *end = path; *end; end++) {
        if (end == path || *end != '/') continue;
        *end = 0;
        int opened = open_component(root, parent, path, resolve, directory);
        *end = '/';
        if (parent != root) close(parent);
        if (opened < 0) return -1;
        parent = opened;
        while (end[1] == '/') end++;
    }
    int opened = open_component(root, parent, path, resolve, creation);
    if (parent != root) close(parent);
    return opened;
}

int open_or_create(int root, const char *path, uint64_t resolve, struct creation creation) {
    char copy[4096];
    while (*path == '/') path++;
    if (!*path) path = ".";
    int opened = open_resolved(root, path, O_PATH, resolve);
    if (opened >= 0) return opened;
    if (errno != ENOENT) return fail("openat2", path);
    size_t length = strlen(path);
    while (path[length - 1] == '/') length--;
    if (length >= sizeof copy) return fail_with(ENAMETOOLONG, "openat2", path);
    memcpy(copy, path, length);
    copy[length] = 0;
    opened = create_path(root, copy, resolve, creation);
    return opened < 0 ? fail("openat2", path) : opened;
}

const char *decimal(uint64_t number, char text[21]) {
    char *digit = text + 20;
    *digit = 0;
    do *--digit = (char)('0' + number % 10);
    while (number /= 10);
    return digit;
}
