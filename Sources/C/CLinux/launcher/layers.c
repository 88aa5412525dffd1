// SPDX-License-Identifier: Apache-2.0
// What lies above the host's root in a step's world: directories that stand in for its image. Each set of them is
// made one directory once for a task, so that its steps share what the kernel has looked up of it.
#include "launcher.h"
#include "mounts.h"
#include "staging.h"
#include "step.h"
#include <fcntl.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

enum { LAYER_LIMIT = 16, SET_LIMIT = 16, KEY_LIMIT = 8192 };

struct layer_set {
    uint32_t task;
    size_t key_size;
    char key[KEY_LIMIT]; // the paths, as the request has them
    char place[24];      // /layers/N
};

static struct layer_set sets[SET_LIMIT];
static size_t set_count;
static unsigned int place_count;

// Layers are bound to short names, as an overlay's parameter holds 255 bytes and treats `:` and `,` specially.
static int bind_layer(const char *path, const char *place) {
    int layer = open_resolved(staging.host, path, O_PATH | O_DIRECTORY, RESOLVE_IN_ROOT);
    if (layer < 0) return fail("openat2", path);
    int tree = clone_tree(layer, "", false);
    close(layer);
    if (tree < 0) return -1;
    if (mkdir(place, 0755) < 0 && errno != EEXIST) {
        close(tree);
        return fail("mkdir", place);
    }
    int outcome = move_mount(tree, "", AT_FDCWD, place, MOVE_MOUNT_F_EMPTY_PATH);
    close(tree);
    return outcome < 0 ? fail("move_mount", path) : 0;
}

static int attach_overlay(const char *lower, const char *place) {
    const struct option options[] = {{"lowerdir", lower}, {0}};
    int layers = new_filesystem("overlay", options, MOUNT_ATTR_RDONLY | MOUNT_ATTR_NODEV);
    if (layers < 0) return -1;
    int outcome = mkdir(place, 0755) < 0 ? fail("mkdir", place) : 0;
    if (outcome == 0 && move_mount(layers, "", AT_FDCWD, place, MOVE_MOUNT_F_EMPTY_PATH) < 0) {
        outcome = fail("move_mount", place);
        rmdir(place);
    }
    close(layers);
    return outcome;
}

// The layers become one overlay of their own: directly above the host's root, which they usually lie in, the
// kernel would refuse them as overlapping (ELOOP). An overlay without a writable layer needs two others, so an
// empty one comes last. It keeps hold of them, so the short names are free again afterwards.
static int join_layers(struct cursor *paths, uint32_t count, const char *place) {
    char lower[256] = "", names[LAYER_LIMIT][16];
    uint32_t bound = 0;
    int outcome = 0;
    while (outcome == 0 && bound < count) {
        char digits[21];
        strcat(strcpy(names[bound], "/layer/"), decimal(bound, digits));
        outcome = bind_layer(take_text(paths), names[bound]);
        if (outcome == 0) strcat(strcat(lower, names[bound++]), ":");
    }
    if (outcome == 0) outcome = attach_overlay(strcat(lower, "/empty"), place);
    while (bound > 0) umount2(names[--bound], MNT_DETACH);
    return outcome;
}

static void drop_set(size_t index) {
    umount2(sets[index].place, MNT_DETACH);
    rmdir(sets[index].place);
    memmove(&sets[index], &sets[index + 1], (--set_count - index) * sizeof *sets);
}

int stage_layers(const char *body, uint32_t length) {
    struct cursor paths = layers_of(body, length);
    uint32_t task = task_of(body, length), count = take_u32(&paths);
    struct cursor end = paths;
    staging.layers = NULL;
    if (count > LAYER_LIMIT) return fail_with(E2BIG, "overlay", "layers");
    for (uint32_t i = 0; i < count; i++) take_text(&end);
    size_t size = (size_t)(end.next - paths.next);
    // A broken request is told of by whoever decodes all of it.
    if (count == 0 || end.is_broken) return 0;
    if (size > KEY_LIMIT) return fail_with(E2BIG, "overlay", "layers");
    for (size_t i = 0; i < set_count && !staging.layers; i++) {
        const struct layer_set *set = &sets[i];
        bool is_same = set->task == task && set->key_size == size;
        if (is_same && memcmp(set->key, paths.next, size) == 0) staging.layers = set->place;
    }
    if (staging.layers) return 0;
    // Worlds that stand have their own hold on it.
    if (set_count == SET_LIMIT) drop_set(0);
    struct layer_set *set = &sets[set_count];
    char digits[21];
    strcat(strcpy(set->place, "/layers/"), decimal(place_count++, digits));
    set->task = task;
    set->key_size = size;
    memcpy(set->key, paths.next, size);
    if (join_layers(&paths, count, set->place) < 0) return -1;
    set_count++;
    staging.layers = set->place;
    return 0;
}

void forget_layers(uint32_t task) {
    for (size_t i = set_count; i-- > 0;)
        if (sets[i].task == task) drop_set(i);
}
