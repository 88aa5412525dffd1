// SPDX-License-Identifier: Apache-2.0
// What an ordinary user's worlds are made of. One overlay over the host's root would need it without the
// mounts below, and a user namespace cannot take these off; so each directory of the root becomes an overlay
// of its own. A directory with mounts below it cannot: it is put together from its entries in the same way, or,
// where these are many, shown read-only.
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

enum { SKELETON_DEPTH = 6, SKELETON_LIMIT = 20000, SPLIT_LIMIT = 32, LISTING_SIZE = 16 << 10 };

static _Alignas(8) char listings[SKELETON_DEPTH + 1][LISTING_SIZE];
static unsigned int skeleton_count;

// Programs' own trees are deep and many, and steps seldom write into them.
static int depth_limit(const char *name) {
    return strcmp(name, "share") == 0 || strcmp(name, "include") == 0 ? 2 : SKELETON_DEPTH;
}

static bool is_own_place(const char *path);
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
            if (depth == 0 && is_own_place(entry->name)) continue;
            if (skeleton_count >= SKELETON_LIMIT) return;
            int below = depth == 1 ? depth_limit(entry->name) : limit;
            copy_directory(from, to, entry->name, depth + 1, below);
        }
    }
}

static const char *kept_path(const char *directory, const char *name) {
    char path[4200];
    strcpy(path, directory);
    return keep_text(strcat(path, name));
}

// A place that the world fills itself or hides: an empty directory there.
static bool is_own_place(const char *path) {
    static const char *const places[] = {"dev", "home", "lost+found", "mnt", "proc", "root",
                                         "run", "sys",  "tmp",        NULL};
    for (const char *const *place = places; *place; place++)
        if (strcmp(path, *place) == 0) return true;
    return false;
}

// Whether overlays can be had over it; not over every filesystem.
static bool can_be_overlaid(const char *lower) {
    const struct option options[] = {{"lowerdir", lower}, {"userxattr", NULL}, {0}};
    int overlay = new_filesystem("overlay", options, MOUNT_ATTR_RDONLY);
    if (overlay < 0) return false;
    close(overlay);
    return true;
}

static int show_read_only(const char *path, const char *host_path) {
    uint64_t attributes = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NODEV;
    if (staging.mount_count == FIXTURE_LIMIT) return fail_with(E2BIG, "stage", host_path);
    struct fixture fixture = {NULL, kept_path("/", path)};
    if (stage_copy(host_path, attributes, true, &fixture.staged) < 0 || !fixture.target) return -1;
    if (!fixture.staged) return 0;
    staging.mounts[staging.mount_count++] = fixture;
    return 0;
}

// A copy of the host's directory, in which nothing appears that the host mounts later, below the skeleton's. NULL
// when no overlay can be had over it: it has mounts below, or is of a filesystem that does not serve.
static const char *stage_lower(const char *path, const char *host_path) {
    char lower[4200] = "/skeleton/";
    strcat(lower, path);
    if (access(lower, F_OK) < 0) return NULL;
    int tree = clone_with_attributes(AT_FDCWD, host_path, MOUNT_ATTR_NODEV, false);
    const char *staged = tree < 0 ? NULL : stage_tree(tree, true);
    if (!staged) return NULL;
    strcat(strcat(lower, ":"), staged);
    // The kernel takes parameters of 255 bytes.
    return strlen(lower) < 256 && can_be_overlaid(lower) ? keep_text(lower) : NULL;
}

static struct root_piece *add_piece(const char *path) {
    if (staging.piece_count == PIECE_LIMIT) {
        fail_with(E2BIG, "stage", path);
        return NULL;
    }
    struct root_piece *piece = &staging.pieces[staging.piece_count++];
    *piece = (struct root_piece){.name = keep_text(path)};
    return piece->name ? piece : NULL;
}

static int count_entries(const char *host_path, int depth) {
    int count = 0;
    int directory = open(host_path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory < 0) return SPLIT_LIMIT + 1;
    long size;
    while ((size = list_directory(directory, listings[depth], LISTING_SIZE)) > 0)
        for (long at = 0; at < size; count++) next_entry(listings[depth], &at);
    close(directory);
    return count;
}

static int stage_entries(const char *path, int depth);

static int stage_directory(const char *path, const char *host_path, mode_t mode, int depth) {
    struct root_piece *piece = add_piece(path);
    if (!piece) return -1;
    piece->mode = mode & 01777;
    // What cannot be looked into is an empty directory.
    if (is_own_place(path) || is_hidden(host_path + strlen("/host"))) return 0;
    if (access(host_path, R_OK | X_OK) < 0) return 0;
    if ((piece->lower = stage_lower(path, host_path))) return 0;
    // With mounts below, a directory of few entries is put together from them.
    piece->is_split = depth < SKELETON_DEPTH && count_entries(host_path, depth) <= SPLIT_LIMIT;
    if (piece->is_split) return stage_entries(path, depth + 1);
    piece->is_bound = true;
    return show_read_only(path, host_path);
}

static int stage_link(const char *path, const char *host_path) {
    char target[4096];
    ssize_t length = readlink(host_path, target, sizeof target - 1);
    if (length < 0) return 0;
    target[length] = 0;
    struct root_piece *piece = add_piece(path);
    if (!piece) return -1;
    piece->link = keep_text(target);
    return piece->link ? 0 : -1;
}

// Files in the root itself mean nothing to a step.
static int stage_file(const char *path, const char *host_path, int depth) {
    uint64_t attributes = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NODEV;
    if (depth == 0 || access(host_path, R_OK) < 0) return 0;
    struct root_piece *piece = add_piece(path);
    return !piece || stage_copy(host_path, attributes, false, &piece->file) < 0 ? -1 : 0;
}

static int stage_entry(const char *directory, const char *name, int depth) {
    char host_path[4200] = "/host/";
    struct stat status;
    if (is_dots(name) || strlen(directory) + strlen(name) > 4000) return 0;
    strcat(host_path, directory);
    if (*directory) strcat(host_path, "/");
    strcat(host_path, name);
    const char *path = host_path + strlen("/host/");
    if (lstat(host_path, &status) < 0) return 0;
    if (S_ISLNK(status.st_mode)) return stage_link(path, host_path);
    if (S_ISREG(status.st_mode)) return stage_file(path, host_path, depth);
    return S_ISDIR(status.st_mode) ? stage_directory(path, host_path, status.st_mode, depth) : 0;
}

static int stage_entries(const char *path, int depth) {
    static _Alignas(8) char buffers[SKELETON_DEPTH + 1][LISTING_SIZE];
    char host_path[4200] = "/host/";
    int outcome = 0;
    int directory = open(strcat(host_path, path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory < 0) return fail("open", path);
    long size;
    while (outcome == 0 && (size = list_directory(directory, buffers[depth], LISTING_SIZE)) > 0)
        for (long at = 0; at < size && outcome == 0;)
            outcome = stage_entry(path, next_entry(buffers[depth], &at)->name, depth);
    close(directory);
    return outcome;
}

int stage_skeleton(void) {
    const struct option options[] = {{"mode", "755"}, {"nr_inodes", "0"}, {0}};
    int tree = new_filesystem("tmpfs", options, MOUNT_ATTR_NODEV | MOUNT_ATTR_NOSUID);
    if (tree < 0) return -1;
    if (mkdir("/skeleton", 0755) < 0) fail("mkdir", "/skeleton");
    else if (move_mount(tree, "", AT_FDCWD, "/skeleton", MOVE_MOUNT_F_EMPTY_PATH) < 0)
        fail("move_mount", "/skeleton");
    close(tree);
    if (failure.code) return -1;
    int host = open("/host", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int skeleton = open("/skeleton", O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (host >= 0 && skeleton >= 0) copy_directories(host, skeleton, 0, SKELETON_DEPTH);
    if (host >= 0) close(host);
    if (skeleton >= 0) close(skeleton);
    return host < 0 || skeleton < 0 ? fail("open", "/skeleton") : 0;
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
    if (stage_entries("", 0) < 0) return -1;
    // A directory over which there is no overlay is no failure.
    failure.code = 0;
    for (size_t i = 0; i < staging.hidden_count; i++)
        if (strchr(staging.hidden[i] + 1, '/') && cover_hidden(staging.hidden[i]) < 0) return -1;
    return 0;
}
