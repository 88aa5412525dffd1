// SPDX-License-Identifier: Apache-2.0
#include "failure.h"
#include "CLinux.h"
#include <string.h>
#include <sys/mman.h>

void *clinux_map_locked(size_t size) {
    int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, flags, -1, 0);
    if (memory == MAP_FAILED) return NULL;
    madvise(memory, size, MADV_DONTDUMP);
    // Over the limit the memory works all the same and may be swapped.
    mlock2(memory, size, MLOCK_ONFAULT);
    return memory;
}

void clinux_keep_from_forks(void *memory, size_t size) { madvise(memory, size, MADV_WIPEONFORK); }

void clinux_unmap_locked(void *memory, size_t size, size_t used) {
    explicit_bzero(memory, used);
    munmap(memory, size);
}
