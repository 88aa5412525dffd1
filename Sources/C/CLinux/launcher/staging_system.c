// SPDX-License-Identifier: Apache-2.0
// The kernel's interfaces as a container shows them: /dev and /sys ready to be moved, and what covers parts of
// the /proc that each world mounts for itself.
#include "launcher.h"
#include "mounts.h"
#include "staging.h"
#include <fcntl.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

static const uint64_t closed =
    MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;
// For what is, or covers, a device's node: on a read-only mount its mode, owner and times cannot be changed,
// yet it can be written to.
static const uint64_t node = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC;

static const char *join(char path[128], const char *directory, const char *name) {
    size_t length = strlen(directory);
    memcpy(path, directory, length);
    path[length] = '/';
    memcpy(path + length + 1, name, strlen(name) + 1);
    return path;
}

static int attach_below(const char *directory, const char *name, int tree) {
    char path[128];
    int outcome = move_mount(tree, "", AT_FDCWD, join(path, directory, name), MOVE_MOUNT_F_EMPTY_PATH);
    if (outcome < 0) fail("move_mount", path);
    close(tree);
    return outcome;
}

static int stage_devices(void) {
    static const char *const names[] = {"null", "zero", "full", "random", "urandom", "tty", NULL};
    for (const char *const *name = names; *name; name++) {
        char path[128];
        struct fixture *device = &staging.devices[staging.device_count];
        int found = stage_copy(join(path, "/host/dev", *name), node, false, &device->staged);
        if (found < 0) return -1;
        device->target = *name;
        staging.device_count += (size_t)found;
    }
    return 0;
}

int cover_sys(int sys) {
    static const char *const covered[] = {"firmware", "devices/virtual/powercap", NULL};
    for (const char *const *path = covered; *path; path++) {
        struct stat status;
        if (fstatat(sys, *path, &status, 0) < 0) continue;
        int empty = clone_with_attributes(AT_FDCWD, "/empty", closed, false);
        if (empty < 0) return -1;
        int outcome = move_mount(empty, "", sys, *path, MOVE_MOUNT_F_EMPTY_PATH);
        close(empty);
        if (outcome < 0) return fail("move_mount", *path);
    }
    return 0;
}

// The host's /sys without the filesystems mounted in it (tracing, debugging, eBPF), except control groups.
static int stage_sys(void) {
    struct stat status;
    int found = stage_copy("/host/sys", closed, false, &staging.sys);
    if (found <= 0) return found;
    int sys = open(staging.sys, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (sys < 0) return fail("open", "/sys");
    int outcome = cover_sys(sys);
    close(sys);
    // An ordinary user's copy has all that is below.
    if (outcome < 0 || launcher.is_user || stat("/host/sys/fs/cgroup", &status) < 0) return outcome;
    int groups = clone_with_attributes(AT_FDCWD, "/host/sys/fs/cgroup", closed, true);
    return groups < 0 ? -1 : attach_below(staging.sys, "fs/cgroup", groups);
}

static int stage_mask_of(const char *source, uint64_t attributes, const char *target) {
    struct fixture *mask = &staging.masks[staging.mask_count];
    int found = stage_copy(source, attributes, false, &mask->staged);
    if (found <= 0) return found;
    mask->target = target;
    staging.mask_count++;
    return 0;
}

// What a container's /proc shows read-only. None of it depends on the pid namespace, so the host's serves.
static int stage_read_only_proc(void) {
    static const char *const names[] = {"bus", "fs", "irq", "sys", "sysrq-trigger", NULL};
    for (const char *const *name = names; *name; name++) {
        char path[128];
        if (stage_mask_of(join(path, "/host/proc", *name), closed, *name) < 0) return -1;
    }
    return 0;
}

// What a container's /proc hides: files behind /dev/null, directories behind an empty one.
static int stage_masked_proc(void) {
    static const char *const names[] = {"acpi",       "asound",      "kcore", "keys", "latency_stats",
                                        "timer_list", "timer_stats", "scsi",  NULL};
    for (const char *const *name = names; *name; name++) {
        char path[128];
        struct stat status;
        if (stat(join(path, "/host/proc", *name), &status) < 0) continue;
        const char *cover = S_ISDIR(status.st_mode) ? "/empty" : "/host/dev/null";
        if (stage_mask_of(cover, node, *name) < 0) return -1;
    }
    return 0;
}

int stage_system(void) {
    if (stage_sys() < 0 || stage_devices() < 0) return -1;
    return stage_read_only_proc() < 0 || stage_masked_proc() < 0 ? -1 : 0;
}
