// SPDX-License-Identifier: Apache-2.0
#include "step.h"
#include <stdlib.h>
#include <sys/mman.h>

// Room for the decoded arrays. No array is more than twice as large as the part of the message it comes from.
static char *room;
static size_t room_left;

static void *take_room(struct cursor *cursor, size_t count, size_t size) {
    if (count > room_left / size) {
        cursor->is_broken = true;
        return NULL;
    }
    size_t bytes = (count * size + 7) & ~(size_t)7;
    void *taken = room;
    room += bytes;
    room_left -= bytes <= room_left ? bytes : room_left;
    return taken;
}

static const char **take_texts(struct cursor *cursor, uint32_t *count) {
    *count = take_u32(cursor);
    const char **texts = take_room(cursor, (size_t)*count + 1, sizeof *texts);
    if (!texts) return NULL;
    for (uint32_t i = 0; i < *count; i++) texts[i] = take_text(cursor);
    texts[*count] = NULL;
    return texts;
}

static void take_groups(struct cursor *cursor, struct step *step) {
    step->group_count = take_u32(cursor);
    step->groups = take_room(cursor, step->group_count, sizeof *step->groups);
    for (uint32_t i = 0; step->groups && i < step->group_count; i++)
        step->groups[i] = take_u32(cursor);
}

static void take_mounts(struct cursor *cursor, struct step *step) {
    step->mount_count = take_u32(cursor);
    step->mounts = take_room(cursor, step->mount_count, sizeof *step->mounts);
    for (uint32_t i = 0; step->mounts && i < step->mount_count; i++) {
        struct world_mount *mount = &step->mounts[i];
        mount->source_kind = take_u32(cursor);
        mount->is_read_only = take_u32(cursor);
        mount->byte_limit = take_u64(cursor);
        mount->source = take_text(cursor);
        mount->sub_path = take_text(cursor);
        mount->target = take_text(cursor);
    }
}

static void take_world(struct cursor *cursor, struct step *step) {
    step->prepared = take_u32(cursor);
    step->task = take_u32(cursor);
    step->root_is_read_only = take_u32(cursor);
    step->no_new_privileges = take_u32(cursor);
    step->user = take_u32(cursor);
    step->group = take_u32(cursor);
    step->capabilities = take_u64(cursor);
    step->hostname = take_text(cursor);
    step->working_directory = take_text(cursor);
    take_groups(cursor, step);
    for (uint32_t layers = take_u32(cursor); layers > 0 && !cursor->is_broken; layers--) take_text(cursor);
    step->tool_paths = take_texts(cursor, &step->tool_path_count);
    take_mounts(cursor, step);
}

static int decode(const char *body, uint32_t length, struct step *step, bool has_command) {
    struct cursor cursor = {body, body + length, false};
    uint32_t count = 1;
    room_left = 2 * (size_t)length + 4096;
    room = mmap(NULL, room_left, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (room == MAP_FAILED) return fail("mmap", "the step's request");
    take_world(&cursor, step);
    if (has_command) {
        step->arguments = (char **)take_texts(&cursor, &count);
        if (count == 0) cursor.is_broken = true;
        step->variables = (char **)take_texts(&cursor, &count);
    }
    return cursor.is_broken ? fail_with(EPROTO, "decode", "the step's request") : 0;
}

int decode_step(const char *body, uint32_t length, struct step *step) {
    return decode(body, length, step, true);
}

int decode_world(const char *body, uint32_t length, struct step *step) {
    return decode(body, length, step, false);
}

uint32_t prepared_world(const char *body, uint32_t length) {
    struct cursor cursor = {body, body + length, false};
    return take_u32(&cursor);
}

struct cursor layers_of(const char *body, uint32_t length) {
    struct cursor cursor = {body, body + length, false};
    for (int i = 0; i < 6; i++) take_u32(&cursor);
    take_u64(&cursor);
    for (int i = 0; i < 2; i++) take_text(&cursor);
    for (uint32_t groups = take_u32(&cursor); groups > 0 && !cursor.is_broken; groups--) take_u32(&cursor);
    return cursor;
}

uint32_t task_of(const char *body, uint32_t length) {
    struct cursor cursor = {body, body + length, false};
    take_u32(&cursor);
    return take_u32(&cursor);
}
