// SPDX-License-Identifier: Apache-2.0
#include "launcher.h"
#include <sys/mman.h>

void *map_locked(size_t size) {
    int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, flags, -1, 0);
    if (memory == MAP_FAILED) return NULL;
    madvise(memory, size, MADV_DONTDUMP);
    // Over the limit the memory works all the same and may be swapped.
    mlock2(memory, size, MLOCK_ONFAULT);
    return memory;
}
