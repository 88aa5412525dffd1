// SPDX-License-Identifier: Apache-2.0
// Lets go of the libraries that the runner is linked with and the launcher never calls: every init is a fork of it,
// and copying their pages and taking them down again costs a tenth of a step.
#include "launcher.h"
#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <unistd.h>

enum { TEXT_LIMIT = 256 << 10 };

/// A line of /proc/self/maps.
struct mapping {
    uintptr_t start, end;
    const char *path; // "" for none
};

// Whether the loader has nothing left to look up: it would search the libraries that are gone.
static bool is_bound(void) {
    for (const ElfW(Dyn) *entry = _DYNAMIC; entry->d_tag != DT_NULL; entry++) {
        if (entry->d_tag == DT_BIND_NOW) return true;
        if (entry->d_tag == DT_FLAGS && entry->d_un.d_val & DF_BIND_NOW) return true;
        if (entry->d_tag == DT_FLAGS_1 && entry->d_un.d_val & DF_1_NOW) return true;
    }
    return false;
}

// The file's text in memory of its own, with a NUL behind it; NULL if it cannot be read or is too long.
static char *read_text(const char *path, size_t *length) {
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return NULL;
    char *text = mmap(NULL, TEXT_LIMIT, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (text == MAP_FAILED) text = NULL;
    *length = 0;
    ssize_t count = 1;
    while (text && count > 0 && *length < TEXT_LIMIT - 1) {
        count = read(file, text + *length, TEXT_LIMIT - 1 - *length);
        if (count > 0) *length += (size_t)count;
    }
    close(file);
    if (text && (count < 0 || *length == TEXT_LIMIT - 1)) {
        munmap(text, TEXT_LIMIT);
        text = NULL;
    }
    return text;
}

// Whether the loader was told to put a library between the program and the C library.
static bool has_preloaded(void) {
    size_t length;
    char *text = read_text("/proc/self/environ", &length);
    bool found = !text || access("/etc/ld.so.preload", F_OK) == 0;
    for (size_t place = 0; text && place < length; place += strlen(text + place) + 1)
        if (strncmp(text + place, "LD_PRELOAD=", 11) == 0 || strncmp(text + place, "LD_AUDIT=", 9) == 0) found = true;
    if (text) {
        explicit_bzero(text, length);
        munmap(text, TEXT_LIMIT);
    }
    return found;
}

// The next whole line; its end is made a NUL, which the next call finds again. False at the end.
static bool next_mapping(char **text, struct mapping *mapping) {
    char *line = *text, *end = strchr(line, '\n');
    if (!end) return false;
    *end = 0;
    *text = end + 1;
    char *path = strchr(line, '/'), *rest;
    mapping->path = path ? path : "";
    mapping->start = strtoul(line, &rest, 16);
    mapping->end = *rest == '-' ? strtoul(rest + 1, NULL, 16) : 0;
    return true;
}

static bool is_kept(const struct mapping *mapping, const char *const kept[3]) {
    for (int i = 0; i < 3; i++)
        if (strcmp(mapping->path, kept[i]) == 0) return true;
    return false;
}

bool can_release_libraries(void) {
    return is_bound() && !has_preloaded();
}

void release_libraries(void) {
    // The program itself, the C library, and the loader, to which the C library turns.
    const uintptr_t needed[3] = {(uintptr_t)release_libraries, (uintptr_t)getpid, getauxval(AT_BASE)};
    const char *kept[3] = {NULL, NULL, NULL};
    struct mapping mappings[512];
    size_t count = 0;
    size_t length;
    char *text = read_text("/proc/self/maps", &length), *rest = text;
    while (text && count < sizeof mappings / sizeof *mappings && next_mapping(&rest, &mappings[count])) {
        for (int i = 0; i < 3; i++)
            if (mappings[count].start <= needed[i] && needed[i] < mappings[count].end) kept[i] = mappings[count].path;
        count++;
    }
    if (kept[0] && kept[1] && kept[2])
        for (size_t i = 0; i < count; i++)
            if (*mappings[i].path == '/' && !is_kept(&mappings[i], kept))
                munmap((void *)mappings[i].start, mappings[i].end - mappings[i].start);
    if (text) munmap(text, TEXT_LIMIT);
}
