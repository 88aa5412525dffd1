// SPDX-License-Identifier: Apache-2.0
// The host's other mounts. An overlay over / shows the root filesystem alone, so what the host has mounted
// below it is copied once, read-only, and moved into every world.
#include "mounts.h"
#include "staging.h"
#include <fcntl.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

static char mountinfo[1 << 20];

// Filesystems that are the kernel's own interface or that mount on access, and other secrets of ours.
static bool is_special(const char *type) {
    static const char *const types[] = {
        "autofs",    "binfmt_misc", "bpf",        "cgroup",       "cgroup2",    "configfs",
        "debugfs",   "devpts",      "devtmpfs",   "efivarfs",     "fuse.secrets", "fuse.tacit",
        "fusectl",   "hugetlbfs",   "mqueue",     "nsfs",         "proc",       "pstore",
        "ramfs",     "rpc_pipefs",  "securityfs", "selinuxfs",    "sysfs",      "tracefs", NULL};
    for (const char *const *special = types; *special; special++)
        if (strcmp(type, *special) == 0) return true;
    return false;
}

// Places that a world fills itself, and those where containers live.
static bool is_left_out(const char *path) {
    static const char *const places[] = {
        "/dev",           "/proc",           "/sys",
        "/etc/hosts",     "/etc/hostname",   "/etc/resolv.conf",
        "/var/lib/docker", "/var/lib/containers", "/var/lib/containerd",
        "/var/lib/kubelet", "/var/lib/machines",  NULL};
    for (const char *const *place = places; *place; place++)
        if (lies_below(path, *place)) return true;
    return false;
}

// proc(5): white space and backslashes are written as octal.
static void decode_octal(char *text) {
    char *to = text;
    for (const char *from = text; *from; to++) {
        if (from[0] == '\\' && from[1] && from[2] && from[3]) {
            *to = (char)((from[1] - '0') * 64 + (from[2] - '0') * 8 + (from[3] - '0'));
            from += 4;
        } else {
            *to = *from++;
        }
    }
    *to = 0;
}

// The mount point (field 5) and, behind the separator, the type.
static bool parse_line(char *line, char **place, char **type) {
    char *separator = strstr(line, " - ");
    char *field = line;
    for (int i = 0; field && i < 4; i++)
        if ((field = strchr(field, ' '))) field++;
    if (!separator || !field) return false;
    *type = separator + 3;
    (*type)[strcspn(*type, " ")] = 0;
    field[strcspn(field, " ")] = 0;
    decode_octal(field);
    *place = field;
    return true;
}

static const struct fixture *staged_parent(const char *path) {
    for (size_t i = staging.mount_count; i-- > 0;)
        if (lies_below(path, staging.mounts[i].target)) return &staging.mounts[i];
    return NULL;
}

static bool is_staged(const char *path) {
    for (size_t i = 0; i < staging.mount_count; i++)
        if (strcmp(staging.mounts[i].target, path) == 0) return true;
    return false;
}

static int attach_in_parent(const struct fixture *parent, const char *path, int tree) {
    char place[4200];
    size_t length = strlen(parent->staged);
    memcpy(place, parent->staged, length);
    memcpy(place + length, path + strlen(parent->target), strlen(path) - strlen(parent->target) + 1);
    int outcome = move_mount(tree, "", AT_FDCWD, place, MOVE_MOUNT_F_EMPTY_PATH);
    close(tree);
    return outcome < 0 && errno != ENOENT ? fail("move_mount", path) : 0;
}

// `path` is the mount point as the host sees it. One that another mount covers cannot be reached.
static int stage_mount(const char *path) {
    char place[4100] = "/host";
    struct stat status;
    if (strlen(path) >= 4090) return fail_with(ENAMETOOLONG, "stage", path);
    strcat(place, path);
    if (lstat(place, &status) < 0) return 0;
    uint64_t attributes = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NODEV;
    int tree = clone_with_attributes(AT_FDCWD, place, attributes, false);
    if (tree < 0) return -1;
    const struct fixture *parent = staged_parent(path);
    if (parent) return attach_in_parent(parent, path, tree);
    if (staging.mount_count == FIXTURE_LIMIT) {
        close(tree);
        return fail_with(E2BIG, "stage", path);
    }
    struct fixture fixture = {stage_tree(tree, S_ISDIR(status.st_mode)), keep_text(path)};
    if (!fixture.staged || !fixture.target) return -1;
    staging.mounts[staging.mount_count++] = fixture;
    return 0;
}

// A hidden directory on such a mount is covered by an empty one in the copy.
static int cover_hidden(void) {
    for (size_t i = 0; i < staging.hidden_count; i++) {
        const struct fixture *parent = staged_parent(staging.hidden[i]);
        if (!parent) continue;
        int empty = clone_with_attributes(AT_FDCWD, "/empty", MOUNT_ATTR_RDONLY, false);
        if (empty < 0 || attach_in_parent(parent, staging.hidden[i], empty) < 0) return -1;
    }
    return 0;
}

static int read_mountinfo(void) {
    int file = open("/host/proc/self/mountinfo", O_RDONLY | O_CLOEXEC);
    if (file < 0) return fail("open", "/proc/self/mountinfo");
    size_t length = 0;
    ssize_t count;
    while ((count = read(file, mountinfo + length, sizeof mountinfo - 1 - length)) > 0)
        length += (size_t)count;
    close(file);
    if (count < 0) return fail("read", "/proc/self/mountinfo");
    if (length == sizeof mountinfo - 1) return fail_with(E2BIG, "read", "/proc/self/mountinfo");
    mountinfo[length] = 0;
    return 0;
}

// One pass over mountinfo that stages mounts whose path has `depth` components; parents thus come first.
static int stage_depth(int depth, bool *found_deeper) {
    for (char *line = mountinfo, *end; *line; line = end + 1) {
        end = line + strlen(line);
        char *path = line;
        int components = 0;
        for (const char *letter = path; *letter; letter++) components += *letter == '/';
        if (components > depth) *found_deeper = true;
        if (components == depth && !is_staged(path) && stage_mount(path) < 0) return -1;
    }
    return 0;
}

// Rewrites mountinfo as a list of the wanted mount points, each ended by a NUL, the list by an empty one.
static void keep_wanted(void) {
    char *to = mountinfo;
    for (char *line = mountinfo, *next; *line; line = next) {
        size_t length = strcspn(line, "\n");
        next = line + length + (line[length] == '\n');
        line[length] = 0;
        char *place, *type;
        if (!parse_line(line, &place, &type) || !lies_below(place, "/host")) continue;
        const char *path = place + strlen("/host");
        if (!*path || is_special(type) || is_left_out(path) || is_hidden(path)) continue;
        size_t size = strlen(path) + 1;
        memmove(to, path, size);
        to += size;
    }
    *to = 0;
}

int stage_host_mounts(void) {
    if (read_mountinfo() < 0) return -1;
    keep_wanted();
    bool found_deeper = true;
    for (int depth = 1; found_deeper; depth++) {
        found_deeper = false;
        if (stage_depth(depth, &found_deeper) < 0) return -1;
    }
    return cover_hidden();
}
