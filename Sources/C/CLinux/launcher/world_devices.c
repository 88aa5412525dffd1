// SPDX-License-Identifier: Apache-2.0
// The world's /dev: a directory of the step's own tmpfs, with a container's few devices bound into it.
#include "launcher.h"
#include "mounts.h"
#include "staging.h"
#include "step.h"
#include <fcntl.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

static const struct { const char *target, *name; } links[] = {
    {"pts/ptmx", "dev/ptmx"},          {"/proc/self/fd", "dev/fd"},       {"/proc/self/fd/0", "dev/stdin"},
    {"/proc/self/fd/1", "dev/stdout"}, {"/proc/self/fd/2", "dev/stderr"},
};

static int make_places(void) {
    static const char *const directories[] = {"dev", "dev/pts", "dev/shm", NULL};
    for (const char *const *path = directories; *path; path++)
        if (mkdir(*path, 0755) < 0) return fail("mkdir", *path);
    for (size_t i = 0; i < sizeof links / sizeof *links; i++)
        if (symlink(links[i].target, links[i].name) < 0) return fail("symlink", links[i].name);
    for (size_t i = 0; i < staging.device_count; i++) {
        char path[32] = "dev/";
        // mknod(2) of a plain file, as open(2) would need a close(2) too.
        if (mknod(strcat(path, staging.devices[i].target), S_IFREG | 0644, 0) < 0)
            return fail("mknod", path);
    }
    return 0;
}

static int mount_terminals(int devices) {
    // The group `tty` is nobody in a namespace of one user.
    bool has_group = !launcher.is_user || launcher.has_id_ranges;
    const struct option options[] = {
        {"newinstance", NULL}, {"ptmxmode", "0666"}, {"mode", "0620"},
        {has_group ? "gid" : NULL, "5"}, {0}};
    int terminals = new_filesystem("devpts", options, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC);
    return terminals < 0 ? -1 : attach(terminals, devices, "pts");
}

static int fill(int devices) {
    uint64_t attributes = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;
    for (size_t i = 0; i < staging.device_count; i++)
        if (move_staged(&staging.devices[i], devices) < 0) return -1;
    int memory = clone_with_attributes(AT_FDCWD, "shm", attributes, false);
    if (memory < 0 || attach(memory, devices, "shm") < 0) return -1;
    return mount_terminals(devices);
}

int mount_devices(int root) {
    uint64_t attributes = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;
    if (make_places() < 0) return -1;
    int devices = clone_with_attributes(AT_FDCWD, "dev", attributes, false);
    if (devices < 0) return -1;
    int outcome = attach_in_root(devices, root, "dev") < 0 ? -1 : fill(devices);
    if (outcome == 0) close(devices);
    return outcome;
}
