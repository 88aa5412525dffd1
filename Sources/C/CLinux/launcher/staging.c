// SPDX-License-Identifier: Apache-2.0
#include "staging.h"
#include "launcher.h"
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
        "/fixtures", "/secrets", "/mask", "/tasks", "/empty", "/layer", "/layers", "/step", "/root", NULL};
    if (unshare(CLONE_NEWNS) < 0) return fail("unshare", "mount namespace");
    // Nothing gets out of it, but the host's later mounts and unmounts come in: a workspace may be new, and the
    // mounts of a container that ends must not be held by us.
    if (mount(NULL, "/", NULL, MS_REC | MS_SLAVE, NULL) < 0) return fail("mount", "/");
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

int stage_copy(const char *path, uint64_t attributes, bool recursive, const char **staged) {
    struct stat status;
    if (stat(path, &status) < 0) return errno == ENOENT ? 0 : fail("stat", path);
    // A user namespace cannot take off what it inherited below, so an ordinary user's copies have it too.
    int tree = clone_with_attributes(AT_FDCWD, path, attributes, recursive || launcher.is_user);
    if (tree < 0) return -1;
    *staged = stage_tree(tree, S_ISDIR(status.st_mode));
    return *staged ? 1 : -1;
}

// A link, or what a container runtime mounted over the file: neither is in the root filesystem alone.
static bool is_link_or_mount(const char *path) {
    struct statx status;
    if (statx(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, STATX_TYPE, &status) < 0) return false;
    return S_ISLNK(status.stx_mode) || status.stx_attributes & STATX_ATTR_MOUNT_ROOT;
}

static int stage_root(uint32_t hidden_count, struct cursor *hidden) {
    if (launcher.is_user) return stage_user_root(hidden_count, hidden);
    return stage_mask(hidden_count, hidden) < 0 ? -1 : stage_host_mounts();
}

int stage_world(uint32_t hidden_count, struct cursor *hidden, uint64_t overlay_limit) {
    staging.overlay_limit = overlay_limit;
    staging.copies_resolver = launcher.is_user || is_link_or_mount("/host/etc/resolv.conf");
    if (stage_root(hidden_count, hidden) < 0) return -1;
    for (size_t i = 0; i < staging.mount_count; i++)
        if (strcmp(staging.mounts[i].target, "/etc") == 0) staging.etc_is_mounted = true;
    if (staging.etc_is_mounted) staging.copies_resolver = true;
    return stage_system();
}
