// SPDX-License-Identifier: Apache-2.0
// The root of an ordinary user's world: a directory of the step's tmpfs, with an overlay on each of the host's
// directories; staging_user.c says why. A piece's writable layer is the very directory that it is mounted on.
#include "mounts.h"
#include "staging.h"
#include "step.h"
#include <fcntl.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

static int overlays[2 * PIECE_LIMIT];
static size_t overlay_count, work_count;

static const char *join(char path[4200], const char *directory, const char *name) {
    strcpy(path, directory);
    return strcat(path, name);
}

static const char *join_layer(char path[4200], const char *name) {
    return strcat(strcat(strcpy(path, staging.layers), "/"), name);
}

// The world has these of its own, written already.
static bool is_own_file(const char *path) {
    return strcmp(path, "etc/hosts") == 0 || strcmp(path, "etc/hostname") == 0 ||
           strcmp(path, "etc/resolv.conf") == 0;
}

static int make_piece(const struct root_piece *piece) {
    char path[4200];
    if (is_own_file(piece->name)) return 0;
    join(path, "upper/", piece->name);
    if (piece->link) return symlink(piece->link, path) < 0 ? fail("symlink", path) : 0;
    if (piece->file) {
        int outcome = mknod(path, S_IFREG | 0644, 0);
        return outcome < 0 && errno != EEXIST ? fail("mknod", path) : 0;
    }
    if (mkdir(path, 0700) < 0 && errno != EEXIST) return fail("mkdir", path);
    return chmod(path, piece->mode) < 0 ? fail("chmod", path) : 0;
}

static bool is_directory(const char *path) {
    struct stat status;
    return lstat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

// `lower` is what the host has of it; NULL when only a layer has it.
static int overlay_piece(const struct step *step, const char *name, const char *lower, int root) {
    char upper[4200], work[32] = "work/", digits[21], layer[4200], both[4800] = "";
    if (mkdir(strcat(work, decimal(work_count++, digits)), 0755) < 0) return fail("mkdir", work);
    if (staging.layers && is_directory(join_layer(layer, name))) strcpy(both, layer);
    if (*both && lower) strcat(both, ":");
    if (lower) strcat(both, lower);
    const struct option options[] = {
        {"lowerdir", both}, {"upperdir", join(upper, "upper/", name)},
        {"workdir", work}, {"userxattr", NULL}, {0}};
    int overlay = new_filesystem("overlay", options, MOUNT_ATTR_NODEV);
    if (attach_in_root(overlay, root, name) < 0) return -1;
    if (step->root_is_read_only && overlay_count < 2 * PIECE_LIMIT) overlays[overlay_count++] = overlay;
    else close(overlay);
    return 0;
}

static const struct root_piece *find_piece(const char *name) {
    for (size_t i = 0; i < staging.piece_count; i++)
        if (strcmp(staging.pieces[i].name, name) == 0) return &staging.pieces[i];
    return NULL;
}

// A directory that a layer has at its root, and the host has not, or not as a directory to lay it over.
static int add_layer_directory(const struct step *step, const char *name, int root) {
    const struct root_piece *piece = find_piece(name);
    char path[4200];
    if (piece && piece->lower) return 0;
    if (piece && piece->link && unlink(join(path, "upper/", name)) < 0) return fail("unlink", name);
    if (piece && (piece->is_bound || piece->is_split)) return fail_with(EBUSY, "overlay", name);
    if (mkdir(join(path, "upper/", name), 0755) < 0 && errno != EEXIST) return fail("mkdir", name);
    return overlay_piece(step, name, NULL, root);
}

static int add_layer_entry(const struct step *step, const char *name, int root) {
    char path[4200], target[256];
    struct stat status;
    if (strlen(name) > 255 || lstat(join_layer(path, name), &status) < 0) return 0;
    if (S_ISDIR(status.st_mode)) return add_layer_directory(step, name, root);
    if (find_piece(name)) return 0;
    if (S_ISREG(status.st_mode)) {
        int file = clone_with_attributes(AT_FDCWD, path, MOUNT_ATTR_RDONLY | MOUNT_ATTR_NODEV, false);
        if (file < 0) return -1;
        if (mknod(join(path, "upper/", name), S_IFREG | 0644, 0) < 0) return fail("mknod", name);
        return attach(file, root, name);
    }
    ssize_t length = readlink(path, target, sizeof target - 1);
    if (length < 0) return 0;
    target[length] = 0;
    return symlink(target, join(path, "upper/", name)) < 0 ? fail("symlink", name) : 0;
}

static int add_layer_entries(const struct step *step, int root) {
    static _Alignas(8) char listing[8192];
    int outcome = 0;
    int layers = open(staging.layers, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (layers < 0) return fail("open", "layers");
    long size;
    while (outcome == 0 && (size = list_directory(layers, listing, sizeof listing)) > 0)
        for (long at = 0; at < size && outcome == 0;) {
            const char *name = next_entry(listing, &at)->name;
            if (!is_dots(name)) outcome = add_layer_entry(step, name, root);
        }
    close(layers);
    return outcome;
}

int mount_user_root(const struct step *step) {
    for (size_t i = 0; i < staging.piece_count; i++)
        if (make_piece(&staging.pieces[i]) < 0) return -1;
    int root = clone_tree(AT_FDCWD, "upper", false);
    if (root < 0) return -1;
    if (move_mount(root, "", AT_FDCWD, "/root", MOVE_MOUNT_F_EMPTY_PATH) < 0)
        return fail("move_mount", "the step's root");
    for (size_t i = 0; i < staging.piece_count; i++) {
        const struct root_piece *piece = &staging.pieces[i];
        if (piece->lower && overlay_piece(step, piece->name, piece->lower, root) < 0) return -1;
        const struct fixture file = {piece->file, piece->name};
        if (piece->file && !is_own_file(piece->name) && move_staged(&file, root) < 0) return -1;
    }
    if (staging.layers && add_layer_entries(step, root) < 0) return -1;
    return root;
}

int make_user_root_read_only(void) {
    for (size_t i = 0; i < overlay_count; i++) {
        if (set_attributes(overlays[i], MOUNT_ATTR_RDONLY, false, "the step's root") < 0) return -1;
        close(overlays[i]);
    }
    return 0;
}
