// SPDX-License-Identifier: Apache-2.0
// What an ordinary user's worlds are made of. One overlay over the host's root would need it without the
// mounts below, and a user namespace cannot take these off; so each directory of the root becomes an overlay
// of its own. A directory with mounts below it cannot, and is shown read-only.
//
// The host's files are owned by users whom the namespace does not know, and no overlay copies such a file or
// directory up. A skeleton of the directories, owned by the user and laid between, lets a step create files
// everywhere that the skeleton reaches.
#include "mounts.h"
#include "staging.h"
#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

enum { SKELETON_DEPTH = 6, SKELETON_LIMIT = 20000, LISTING_SIZE = 16 << 10 };

static _Alignas(8) char listings[SKELETON_DEPTH + 1][LISTING_SIZE];
static unsigned int skeleton_count;

// Programs' own trees are deep and many, and steps seldom write into them.
static int depth_limit(const char *name) {
    return strcmp(name, "share") == 0 || strcmp(name, "include") == 0 ? 2 : SKELETON_DEPTH;
}

static void copy_directories(int from, int to, int depth, int limit);

static void copy_directory(int from, int to, const char *name, int depth, int limit) {
    struct stat status;
    int source = openat(from, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    // What cannot be looked into stays as the host has it.
    if (source < 0) return;
    if (fstat(source, &status) == 0 && mkdirat(to, name, status.st_mode & 01777) == 0) {
        skeleton_count++;
        int target = openat(to, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (target >= 0 && depth < limit) copy_directories(source, target, depth, limit);
        if (target >= 0) close(target);
    }
    close(source);
}

// Best effort: where it ends, the host's own directory shows, in which nothing can be created.
static void copy_directories(int from, int to, int depth, int limit) {
    char *listing = listings[depth];
    long size;
    while ((size = list_directory(from, listing, LISTING_SIZE)) > 0) {
        for (long at = 0; at < size;) {
            const struct directory_entry *entry = next_entry(listing, &at);
            if (entry->type != DT_DIR || is_dots(entry->name)) continue;
            if (skeleton_count >= SKELETON_LIMIT) return;
            int below = depth == 1 ? depth_limit(entry->name) : limit;
            copy_directory(from, to, entry->name, depth + 1, below);
        }
    }
}

static const char *kept_path(const char *directory, const char *name) {
    char path[300];
    strcpy(path, directory);
    return keep_text(strcat(path, name));
}

// A place that the world fills itself or hides: an empty directory there.
static bool is_own_place(const char *name) {
    static const char *const places[] = {"dev", "home", "lost+found", "mnt", "proc", "root",
                                         "run", "sys",  "tmp",        NULL};
    for (const char *const *place = places; *place; place++)
        if (strcmp(name, *place) == 0) return true;
    return false;
}

// Whether overlays can be had over it; they cannot with mounts below that the namespace inherited.
static bool can_be_overlaid(const char *lower) {
    const struct option options[] = {{"lowerdir", lower}, {"userxattr", NULL}, {0}};
    int overlay = new_filesystem("overlay", options, MOUNT_ATTR_RDONLY);
    if (overlay < 0) return false;
    close(overlay);
    return true;
}

static int show_read_only(const char *name, const char *host_path) {
    uint64_t attributes = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NODEV;
    if (staging.mount_count == FIXTURE_LIMIT) return fail_with(E2BIG, "stage", host_path);
    struct fixture fixture = {NULL, kept_path("/", name)};
    if (stage_copy(host_path, attributes, true, &fixture.staged) < 0 || !fixture.target) return -1;
    if (!fixture.staged) return 0;
    staging.mounts[staging.mount_count++] = fixture;
    return 0;
}

static int stage_directory(const char *name, const struct stat *status) {
    char lower[600] = "/skeleton/";
    if (staging.piece_count == PIECE_LIMIT) return fail_with(E2BIG, "stage", name);
    struct root_piece *piece = &staging.pieces[staging.piece_count++];
    *piece = (struct root_piece){.name = keep_text(name), .mode = status->st_mode & 01777};
    const char *host_path = kept_path("/host/", name);
    if (!piece->name || !host_path) return -1;
    if (is_own_place(name) || is_hidden(host_path + strlen("/host"))) return 0;
    strcat(lower, name);
    if (access(lower, F_OK) < 0) return 0;
    strcat(lower, ":");
    strcat(lower, host_path);
    piece->is_bound = !can_be_overlaid(lower);
    if (piece->is_bound) return show_read_only(name, host_path);
    piece->lower = keep_text(lower);
    return piece->lower ? 0 : -1;
}

static int stage_link(const char *name, const char *host_path) {
    char target[256];
    ssize_t length = readlink(host_path, target, sizeof target - 1);
    if (length < 0 || staging.piece_count == PIECE_LIMIT) return 0;
    target[length] = 0;
    struct root_piece *piece = &staging.pieces[staging.piece_count++];
    *piece = (struct root_piece){.name = keep_text(name), .link = keep_text(target)};
    return piece->name && piece->link ? 0 : -1;
}

static int stage_entry(const char *name) {
    char path[300] = "/host/";
    struct stat status;
    if (is_dots(name) || strlen(name) > 255) return 0;
    strcat(path, name);
    if (lstat(path, &status) < 0) return 0;
    if (S_ISLNK(status.st_mode)) return stage_link(name, path);
    return S_ISDIR(status.st_mode) ? stage_directory(name, &status) : 0;
}

static int for_each_of_root(int (*body)(const char *)) {
    int outcome = 0;
    int root = open("/host", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (root < 0) return fail("open", "/");
    long size;
    while (outcome == 0 && (size = list_directory(root, listings[0], LISTING_SIZE)) > 0)
        for (long at = 0; at < size && outcome == 0;)
            outcome = body(next_entry(listings[0], &at)->name);
    close(root);
    return outcome;
}

static int copy_skeleton_of(const char *name) {
    if (is_dots(name) || is_own_place(name)) return 0;
    int host = open("/host", O_PATH | O_DIRECTORY | O_CLOEXEC);
    int skeleton = open("/skeleton", O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (host >= 0 && skeleton >= 0) copy_directory(host, skeleton, name, 1, SKELETON_DEPTH);
    if (host >= 0) close(host);
    if (skeleton >= 0) close(skeleton);
    return 0;
}

int stage_skeleton(void) {
    const struct option options[] = {{"mode", "755"}, {"nr_inodes", "0"}, {0}};
    int tree = new_filesystem("tmpfs", options, MOUNT_ATTR_NODEV | MOUNT_ATTR_NOSUID);
    if (tree < 0) return -1;
    if (mkdir("/skeleton", 0755) < 0) fail("mkdir", "/skeleton");
    else if (move_mount(tree, "", AT_FDCWD, "/skeleton", MOVE_MOUNT_F_EMPTY_PATH) < 0)
        fail("move_mount", "/skeleton");
    close(tree);
    return failure.code ? -1 : for_each_of_root(copy_skeleton_of);
}

static int cover_hidden(const char *path) {
    char place[4200] = "/host";
    struct stat status;
    if (strlen(path) >= 4096) return fail_with(ENAMETOOLONG, "hide", path);
    if (lstat(strcat(place, path), &status) < 0 || !S_ISDIR(status.st_mode)) return 0;
    if (staging.mount_count == FIXTURE_LIMIT) return fail_with(E2BIG, "hide", path);
    struct fixture fixture = {NULL, path};
    if (stage_copy("/empty", MOUNT_ATTR_RDONLY, false, &fixture.staged) < 0) return -1;
    staging.mounts[staging.mount_count++] = fixture;
    return 0;
}

int stage_user_root(uint32_t hidden_count, struct cursor *hidden) {
    for (uint32_t i = 0; i < hidden_count; i++) {
        char path[4096];
        if (staging.hidden_count == HIDDEN_LIMIT) return fail_with(E2BIG, "hide", "directories");
        if (name_hidden(take_text(hidden), path) < 0) return -1;
        if (!(staging.hidden[staging.hidden_count++] = keep_text(path))) return -1;
    }
    if (for_each_of_root(stage_entry) < 0) return -1;
    // can_be_overlaid may have failed, which is no failure.
    failure.code = 0;
    for (size_t i = 0; i < staging.hidden_count; i++)
        if (strchr(staging.hidden[i] + 1, '/') && cover_hidden(staging.hidden[i]) < 0) return -1;
    return 0;
}
