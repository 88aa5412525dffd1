// SPDX-License-Identifier: Apache-2.0
// Builds a world in the calling process's own namespaces: a copy of the launcher's mounts, from which the
// prepared ones are moved below a fresh overlay, which then becomes the root; the rest is let go.
#include "launcher.h"
#include "mounts.h"
#include "networks.h"
#include "staging.h"
#include "step.h"
#include <fcntl.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <unistd.h>

// The step's one tmpfs holds the overlay's writable layer and /dev/shm, so one limit bounds both.
static int mount_step_directory(void) {
    static const char *const directories[] = {"upper", "upper/etc", "work", "shm", NULL};
    char size[21];
    const char *limit = staging.overlay_limit ? decimal(staging.overlay_limit, size) : "50%";
    const struct option options[] = {{"mode", "755"}, {"size", limit}, {0}};
    int mount = new_filesystem("tmpfs", options, MOUNT_ATTR_NODEV);
    if (mount < 0) return -1;
    if (move_mount(mount, "", AT_FDCWD, "/step", MOVE_MOUNT_F_EMPTY_PATH) < 0)
        return fail("move_mount", "/step");
    if (fchdir(mount) < 0) return fail("fchdir", "/step");
    close(mount);
    for (const char *const *path = directories; *path; path++)
        if (mkdir(*path, 0755) < 0) return fail("mkdir", *path);
    return chmod("shm", 01777) < 0 ? fail("chmod", "shm") : 0;
}

// Returns the root, which is attached at /root.
static int mount_root(const struct step *step) {
    if (launcher.is_user) return mount_user_root(step);
    char lower[64] = "";
    if (staging.layers) strcat(strcpy(lower, staging.layers), ":");
    strcat(lower, "/mask:/host");
    const struct option options[] = {
        {"lowerdir", lower}, {"upperdir", "upper"}, {"workdir", "work"}, {0}};
    int root = new_filesystem("overlay", options, MOUNT_ATTR_NODEV);
    if (root < 0) return -1;
    if (move_mount(root, "", AT_FDCWD, "/root", MOVE_MOUNT_F_EMPTY_PATH) < 0)
        return fail("move_mount", "the step's root");
    return root;
}

// The path may lead through a link of a layer, so it is resolved within the world.
static int place_host_mount(const struct fixture *mount, int root) {
    int place = open_resolved(root, mount->target, O_PATH, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS);
    // The host may have unmounted it and removed its place since the launcher looked.
    if (place < 0) return errno == ENOENT ? 0 : fail("openat2", mount->target);
    int staged = open(mount->staged, O_PATH | O_CLOEXEC);
    if (staged >= 0) return attach_at(staged, place, mount->target);
    fail("open", mount->target);
    close(place);
    return -1;
}

static int place_host_mounts(int root) {
    for (size_t i = 0; i < staging.mount_count; i++)
        if (place_host_mount(&staging.mounts[i], root) < 0) return -1;
    return 0;
}

int move_staged(const struct fixture *fixture, int directory) {
    if (move_mount(AT_FDCWD, fixture->staged, directory, fixture->target, 0) == 0) return 0;
    return fail("move_mount", fixture->target);
}

int attach_in_root(int filesystem, int root, const char *target) {
    if (filesystem < 0) return -1;
    if (move_mount(filesystem, "", root, target, MOVE_MOUNT_F_EMPTY_PATH) == 0) return filesystem;
    fail("move_mount", target);
    close(filesystem);
    return -1;
}

static int place_masks(int proc) {
    for (size_t i = 0; i < staging.mask_count; i++)
        if (move_staged(&staging.masks[i], proc) < 0) return -1;
    return 0;
}

static int mount_proc(int root) {
    unsigned int attributes = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;
    int proc = attach_in_root(new_filesystem("proc", NULL, attributes), root, "proc");
    if (proc < 0) return -1;
    int outcome = place_masks(proc);
    close(proc);
    return outcome;
}

static int attach_control_groups(int sys) {
    int prepared = open(staging.sys, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (prepared < 0) return fail("open", "/sys");
    int groups = clone_tree(prepared, "fs/cgroup", true);
    close(prepared);
    return groups < 0 ? -1 : attach(groups, sys, "fs/cgroup");
}

// The prepared /sys shows the host's network, so a step with one of its own gets a /sys of its own.
static int mount_sys(const struct step *step, int root) {
    if (!staging.sys) return 0;
    const struct fixture prepared = {staging.sys, "sys"};
    if (!network_of(step->task)) return move_staged(&prepared, root);
    unsigned int closed =
        MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;
    int sys = attach_in_root(new_filesystem("sysfs", NULL, closed), root, "sys");
    if (sys < 0) return -1;
    int outcome = cover_sys(sys) < 0 ? -1 : attach_control_groups(sys);
    close(sys);
    return outcome;
}

static int mount_system(const struct step *step, int root) {
    if (place_host_mounts(root) < 0 || cover_step_files(root) < 0) return -1;
    if (mount_sys(step, root) < 0) return -1;
    return mount_devices(root) < 0 ? -1 : mount_proc(root);
}

static int enter_root(int root) {
    if (fchdir(root) < 0) return fail("fchdir", "the step's root");
    if (syscall(SYS_pivot_root, ".", ".") < 0) return fail("pivot_root", "the step's root");
    if (umount2(".", MNT_DETACH) < 0) return fail("umount2", "the launcher's root");
    return 0;
}

int enter_world(const struct step *step, int root) {
    const struct creation creation = {.is_directory = true, .mode = 0755};
    int place = open_or_create(root, step->working_directory, RESOLVE_IN_ROOT, creation);
    if (place < 0) return -1;
    if (fchdir(place) < 0) return fail("fchdir", step->working_directory);
    close(place);
    if (step->root_is_read_only) {
        if (launcher.is_user && make_user_root_read_only() < 0) return -1;
        if (set_attributes(root, MOUNT_ATTR_RDONLY, false, "the step's root") < 0) return -1;
    }
    close(root);
    return 0;
}

// The launcher's descriptor is of the launcher's namespace, of which nothing can be cloned here.
static int open_host(void) {
    staging.host = open("/host", O_PATH | O_DIRECTORY | O_CLOEXEC);
    return staging.host < 0 ? fail("open", "/host") : 0;
}

int build_world(const struct step *step) {
    if (open_host() < 0) return -1;
    if (mount_step_directory() < 0 || write_step_files(step) < 0) return -1;
    if (open_mounts(step) < 0) return -1;
    int root = mount_root(step);
    if (root < 0 || mount_system(step, root) < 0) return -1;
    if (attach_mounts(step, root) < 0) return -1;
    if (sethostname(step->hostname, strlen(step->hostname)) < 0)
        return fail("sethostname", step->hostname);
    close(staging.host);
    return enter_root(root) < 0 ? -1 : root;
}
