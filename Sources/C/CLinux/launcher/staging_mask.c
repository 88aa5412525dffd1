// SPDX-License-Identifier: Apache-2.0
// The layer between the host's root and the rest of a world. Its opaque directories cover the host's, so that
// nothing below them shows through; the directories above those keep the host's mode and owner.
#include "mounts.h"
#include "staging.h"
#include <fcntl.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/xattr.h>
#include <unistd.h>

bool is_hidden(const char *path) {
    for (size_t i = 0; i < staging.hidden_count; i++)
        if (lies_below(path, staging.hidden[i])) return true;
    return false;
}

// Gives a directory of the layer the mode and owner that the host's has, if there is one.
static int copy_attributes(const char *path, const char *place) {
    struct stat status;
    int original = open_resolved(staging.host, path, O_PATH | O_DIRECTORY, RESOLVE_IN_ROOT);
    if (original < 0) return 0;
    int outcome = fstat(original, &status);
    close(original);
    if (outcome < 0) return fail("fstat", path);
    if (chown(place, status.st_uid, status.st_gid) < 0) return fail("chown", path);
    return chmod(place, status.st_mode & 07777) < 0 ? fail("chmod", path) : 0;
}

static int make_directory(const char *path) {
    char place[4200] = "/mask";
    strcat(place, path);
    if (mkdir(place, 0755) < 0) return errno == EEXIST ? 0 : fail("mkdir", path);
    return copy_attributes(path, place);
}

static int make_opaque(const char *path) {
    char place[4200] = "/mask", prefix[4096];
    size_t length = strlen(path);
    memcpy(prefix, path, length + 1);
    for (size_t end = 1; end <= length; end++) {
        if (end < length && path[end] != '/') continue;
        prefix[end] = 0;
        if (make_directory(prefix) < 0) return -1;
        prefix[end] = path[end];
    }
    strcat(place, path);
    if (setxattr(place, "trusted.overlay.opaque", "y", 1, 0) < 0) return fail("setxattr", path);
    if (staging.hidden_count == HIDDEN_LIMIT) return fail_with(E2BIG, "hide", path);
    const char *kept = keep_text(path);
    if (!kept) return -1;
    staging.hidden[staging.hidden_count++] = kept;
    return 0;
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

int name_hidden(const char *path, char name[4096]) {
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/') length--;
    if (length >= 4096 || path[0] != '/' || length < 2) return fail_with(EINVAL, "hide", path);
    memcpy(name, path, length);
    name[length] = 0;
    canonicalize(name);
    return 0;
}

static int hide(const char *path) {
    char name[4096];
    if (name_hidden(path, name) < 0) return -1;
    return is_hidden(name) ? 0 : make_opaque(name);
}

int stage_mask(uint32_t hidden_count, struct cursor *hidden) {
    static const char *const always[] = {"/home", "/root", "/tmp", "/run", "/mnt", NULL};
    for (const char *const *path = always; *path; path++)
        if (hide(*path) < 0) return -1;
    for (uint32_t i = 0; i < hidden_count; i++)
        if (hide(take_text(hidden)) < 0) return -1;
    return 0;
}
