// SPDX-License-Identifier: Apache-2.0
// What the launcher keeps for the runner besides steps: the secret filesystem's mount and the tasks' trees.
#include "launcher.h"
#include "mounts.h"
#include "networks.h"
#include "step.h"
#include <fcntl.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

static void reply(uint32_t id, int descriptor) {
    if (descriptor < 0) {
        send_failure(launcher.socket, id, &failure);
        return;
    }
    send_reply(launcher.socket, (struct header){0, REPLY_DONE, id}, NULL, descriptor);
    // The runner's copy must be the only one: when it closes, the connection ends and readers get ENOTCONN.
    close(descriptor);
}

static int new_fuse_mount(int device) {
    char number[21];
    const struct option options[] = {
        {"source", "tacit"}, {"subtype", "tacit"}, {"fd", decimal((uint64_t)device, number)},
        {"rootmode", "40000"}, {"user_id", "0"}, {"group_id", "0"}, {"allow_other", NULL},
        {"default_permissions", NULL}, {"ro", NULL}, {0}};
    // Not noexec: a secret may be a program.
    unsigned int attributes = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV;
    return new_filesystem("fuse", options, attributes);
}

static int attach_secrets(int device) {
    int mount = new_fuse_mount(device);
    if (mount < 0) return -1;
    umount2("/secrets", MNT_DETACH); // an earlier run's; EINVAL when there was none
    int outcome = move_mount(mount, "", AT_FDCWD, "/secrets", MOVE_MOUNT_F_EMPTY_PATH);
    if (outcome < 0) fail("move_mount", "the secret filesystem");
    close(mount);
    return outcome;
}

void mount_secrets(uint32_t id) {
    int device = open("/host/dev/fuse", O_RDWR | O_CLOEXEC);
    if (device < 0) fail("open", "/dev/fuse");
    if (device >= 0 && attach_secrets(device) < 0) {
        close(device);
        device = -1;
    }
    reply(id, device);
}

static char *task_path(uint32_t task, char path[32]) {
    char digits[21];
    strcpy(path, "/tasks/");
    return strcat(path, decimal(task, digits));
}

static int attach_task(const char *path, uint64_t byte_limit) {
    char size[21];
    const struct option limited[] = {{"mode", "755"}, {"size", decimal(byte_limit, size)}, {0}};
    const struct option unlimited[] = {{"mode", "755"}, {0}};
    int tree = new_filesystem("tmpfs", byte_limit ? limited : unlimited, MOUNT_ATTR_NODEV);
    if (tree < 0) return -1;
    int outcome = move_mount(tree, "", AT_FDCWD, path, MOVE_MOUNT_F_EMPTY_PATH);
    if (outcome < 0) fail("move_mount", path);
    close(tree);
    return outcome;
}

void create_task(uint32_t id, struct cursor *body) {
    char path[32];
    uint32_t task = take_u32(body);
    task_path(task, path);
    uint64_t byte_limit = take_u64(body);
    uint32_t network = take_u32(body);
    int directory = -1;
    if (mkdir(path, 0755) < 0) fail("mkdir", path);
    else if (attach_task(path, byte_limit) == 0 && create_network(task, network) == 0) {
        directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (directory < 0) fail("open", path);
    }
    // Its network is the only thing that there may be besides.
    if (directory < 0 && umount2(path, MNT_DETACH) == 0) rmdir(path);
    reply(id, directory);
}

void open_socket(uint32_t id, struct cursor *body) { reply(id, open_network_socket(take_u32(body))); }

void remove_task(uint32_t id, struct cursor *body) {
    char path[32];
    uint32_t task = take_u32(body);
    settle_task(task);
    forget_layers(task);
    remove_network(task);
    task_path(task, path);
    umount2(path, MNT_DETACH);
    rmdir(path);
    send_reply(launcher.socket, (struct header){0, REPLY_DONE, id}, NULL, -1);
}
