// SPDX-License-Identifier: Apache-2.0
#include "staging.h"
#include "mounts.h"
#include <fcntl.h>
#include <linux/openat2.h>
#include <sched.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <unistd.h>

struct staging staging = {.host = -1};

static char texts[256 << 10];
static size_t text_bytes;
static unsigned int staged_count;

const char *keep_text(const char *text) {
    size_t size = strlen(text) + 1;
    if (size > sizeof texts - text_bytes) {
        fail_with(ENOMEM, "keep", text);
        return NULL;
    }
    char *kept = memcpy(texts + text_bytes, text, size);
    text_bytes += size;
    return kept;
}

bool lies_below(const char *path, const char *parent) {
    size_t length = strlen(parent);
    if (strncmp(path, parent, length) != 0) return false;
    return path[length] == 0 || path[length] == '/' || (length && parent[length - 1] == '/');
}

// The host's root becomes /host below a tmpfs, so that no directory of the host is covered by our own.
static int change_root(void) {
    const struct option options[] = {{"mode", "755"}, {"size", "1m"}, {0}};
    int root = new_filesystem("tmpfs", options, MOUNT_ATTR_NODEV | MOUNT_ATTR_NOSUID);
    if (root < 0) return -1;
    if (move_mount(root, "", AT_FDCWD, "/tmp", MOVE_MOUNT_F_EMPTY_PATH) < 0)
        return fail("move_mount", "/tmp");
    if (fchdir(root) < 0) return fail("fchdir", "the launcher's root");
    close(root);
    if (mkdir("host", 0755) < 0) return fail("mkdir", "host");
    if (syscall(SYS_pivot_root, ".", "host") < 0) return fail("pivot_root", "/tmp");
    if (chdir("/") < 0) return fail("chdir", "/");
    return 0;
}

int stage_namespace(void) {
    static const char *const directories[] = {
        "/fixtures", "/secrets", "/tasks", "/empty", "/step", NULL};
    if (unshare(CLONE_NEWNS) < 0) return fail("unshare", "mount namespace");
    if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0) return fail("mount", "/");
    if (change_root() < 0) return -1;
    for (const char *const *path = directories; *path; path++)
        if (mkdir(*path, 0755) < 0) return fail("mkdir", *path);
    staging.host = open("/host", O_PATH | O_DIRECTORY | O_CLOEXEC);
    return staging.host < 0 ? fail("open", "/host") : 0;
}

static int make_stage(const char *path, bool is_directory) {
    if (is_directory) return mkdir(path, 0755);
    int file = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0644);
    if (file < 0) return -1;
    close(file);
    return 0;
}

const char *stage_tree(int tree, bool is_directory) {
    char path[32] = "/fixtures/", digits[21];
    strcat(path, decimal(staged_count++, digits));
    const char *kept = keep_text(path);
    if (kept && make_stage(path, is_directory) < 0) {
        fail("create", path);
        kept = NULL;
    }
    if (kept && move_mount(tree, "", AT_FDCWD, path, MOVE_MOUNT_F_EMPTY_PATH) < 0) {
        fail("move_mount", path);
        kept = NULL;
    }
    close(tree);
    return kept;
}

// Stages a copy of one path of the host, or of /empty, if it exists there; returns 1 if so.
static int stage_copy(const char *path, uint64_t attributes, bool recursive, const char **staged) {
    struct stat status;
    if (stat(path, &status) < 0) return errno == ENOENT ? 0 : fail("stat", path);
    int tree = clone_with_attributes(AT_FDCWD, path, attributes, recursive);
    if (tree < 0) return -1;
    *staged = stage_tree(tree, S_ISDIR(status.st_mode));
    return *staged ? 1 : -1;
}

static const uint64_t closed =
    MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;

// The mode, owner and times of a node on a read-only mount cannot be changed, yet it can be written to.
static int stage_devices(void) {
    static const char *const names[] = {"null", "zero", "full", "random", "urandom", "tty", NULL};
    for (const char *const *name = names; *name; name++) {
        char path[32] = "/host/dev/";
        const char *staged = NULL;
        strcat(path, *name);
        uint64_t attributes = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC;
        int found = stage_copy(path, attributes, false, &staged);
        if (found < 0) return -1;
        if (found) staging.devices[staging.device_count++] = (struct fixture){staged, *name};
    }
    return 0;
}

// What a container's /proc shows read-only. None of it depends on the pid namespace, so the host's serves.
static int stage_read_only_proc(void) {
    static const char *const targets[] = {
        "proc/bus", "proc/fs", "proc/irq", "proc/sys", "proc/sysrq-trigger", NULL};
    for (const char *const *target = targets; *target; target++) {
        char path[64] = "/host/";
        const char *staged = NULL;
        int found = stage_copy(strcat(path, *target), closed, false, &staged);
        if (found < 0) return -1;
        if (found) staging.masks[staging.mask_count++] = (struct fixture){staged, *target};
    }
    return 0;
}

// What a container's /proc hides: files behind /dev/null, directories behind an empty one.
static int stage_masked_proc(void) {
    static const char *const targets[] = {
        "proc/acpi",       "proc/asound",      "proc/kcore", "proc/keys", "proc/latency_stats",
        "proc/timer_list", "proc/timer_stats", "proc/scsi",  NULL};
    for (const char *const *target = targets; *target; target++) {
        char path[64] = "/host/";
        struct stat status;
        const char *staged = NULL;
        if (stat(strcat(path, *target), &status) < 0) continue;
        const char *mask = S_ISDIR(status.st_mode) ? "/empty" : "/host/dev/null";
        if (stage_copy(mask, closed & ~(uint64_t)MOUNT_ATTR_NODEV, false, &staged) < 0) return -1;
        staging.masks[staging.mask_count++] = (struct fixture){staged, *target};
    }
    return 0;
}

static int attach_below(const char *stage, const char *path, int tree) {
    char place[128];
    memcpy(place, stage, strlen(stage) + 1);
    strcat(place, path);
    int outcome = move_mount(tree, "", AT_FDCWD, place, MOVE_MOUNT_F_EMPTY_PATH);
    if (outcome < 0 && errno != ENOENT) fail("move_mount", place);
    else outcome = 0;
    close(tree);
    return outcome;
}

// The host's /sys without the filesystems mounted in it (tracing, debugging, eBPF), except control groups.
static int stage_sys(void) {
    static const char *const masked[] = {"/firmware", "/devices/virtual/powercap", NULL};
    const char *staged = NULL;
    int found = stage_copy("/host/sys", closed, false, &staged);
    if (found <= 0) return found;
    staging.mounts[staging.mount_count++] = (struct fixture){staged, "sys"};
    for (const char *const *path = masked; *path; path++) {
        int empty = clone_with_attributes(AT_FDCWD, "/empty", closed, false);
        if (empty < 0 || attach_below(staged, *path, empty) < 0) return -1;
    }
    if (stage_copy("/host/sys/fs/cgroup", closed, true, &staging.control_groups) < 0) return -1;
    return 0;
}

int stage_world(uint32_t hidden_count, struct cursor *hidden, uint64_t overlay_limit) {
    staging.overlay_limit = overlay_limit;
    if (stage_skeleton(hidden_count, hidden) < 0) return -1;
    if (stage_host_mounts() < 0) return -1;
    if (stage_sys() < 0 || stage_devices() < 0) return -1;
    return stage_read_only_proc() < 0 || stage_masked_proc() < 0 ? -1 : 0;
}
