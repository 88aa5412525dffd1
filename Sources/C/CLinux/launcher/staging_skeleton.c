// SPDX-License-Identifier: Apache-2.0
// The directories of a world's writable layer that exist before the step does. Opaque ones cover the
// host's, so that nothing below them shows through; the others keep the host's mode and owner.
#include "mounts.h"
#include "staging.h"
#include <fcntl.h>
#include <linux/openat2.h>
#include <string.h>
#include <unistd.h>

bool is_hidden(const char *path) {
    for (size_t i = 0; i < staging.skeleton_count; i++)
        if (staging.skeleton[i].is_opaque && lies_below(path, staging.skeleton[i].path)) return true;
    return false;
}

static struct skeleton *find(const char *path) {
    for (size_t i = 0; i < staging.skeleton_count; i++)
        if (strcmp(staging.skeleton[i].path, path) == 0) return &staging.skeleton[i];
    return NULL;
}

// Adds one directory with the host's mode and owner; its parents are there already.
static int add(const char *path, bool is_opaque) {
    struct skeleton *known = find(path);
    if (known) {
        known->is_opaque |= is_opaque;
        return 0;
    }
    if (staging.skeleton_count == SKELETON_LIMIT) return fail_with(E2BIG, "hide", path);
    struct skeleton entry = {.path = keep_text(path), .mode = 0755, .is_opaque = is_opaque};
    if (!entry.path) return -1;
    struct stat status;
    int place = open_resolved(staging.host, path, O_PATH | O_DIRECTORY, RESOLVE_IN_ROOT);
    if (place >= 0 && fstat(place, &status) == 0) {
        entry.mode = status.st_mode & 07777;
        entry.owner = status.st_uid;
        entry.group = status.st_gid;
    }
    if (place >= 0) close(place);
    staging.skeleton[staging.skeleton_count++] = entry;
    return 0;
}

static int add_with_parents(const char *path, bool is_opaque) {
    char parent[4096];
    size_t length = strlen(path);
    if (length >= sizeof parent) return fail_with(ENAMETOOLONG, "hide", path);
    for (size_t end = 1; end < length; end++) {
        if (path[end] != '/') continue;
        memcpy(parent, path, end);
        parent[end] = 0;
        if (add(parent, false) < 0) return -1;
    }
    return add(path, is_opaque);
}

// The path without links, as the kernel names it; the path as given when it does not exist.
static void canonicalize(char path[4096]) {
    char link[64] = "/host/proc/self/fd/", digits[21], resolved[4096];
    int place = open_resolved(staging.host, path, O_PATH, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS);
    if (place < 0) return;
    ssize_t length = readlink(strcat(link, decimal((uint64_t)place, digits)), resolved, 4095);
    close(place);
    if (length < 0) return;
    resolved[length] = 0;
    if (strncmp(resolved, "/host/", 6) == 0) memcpy(path, resolved + 5, (size_t)length - 4);
}

static int hide(const char *path) {
    char canonical[4096];
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/') length--;
    if (length >= sizeof canonical || path[0] != '/' || length < 2)
        return fail_with(EINVAL, "hide", path);
    memcpy(canonical, path, length);
    canonical[length] = 0;
    canonicalize(canonical);
    return is_hidden(canonical) ? 0 : add_with_parents(canonical, true);
}

int stage_skeleton(uint32_t hidden_count, struct cursor *hidden) {
    static const char *const always[] = {"/home", "/root", "/tmp", "/run", "/mnt", NULL};
    for (const char *const *path = always; *path; path++)
        if (hide(*path) < 0) return -1;
    for (uint32_t i = 0; i < hidden_count; i++)
        if (hide(take_text(hidden)) < 0) return -1;
    return add("/etc", false);
}
