// SPDX-License-Identifier: Apache-2.0
#include "step.h"
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static uint64_t permitted_capabilities(void) {
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct sets[2] = {{0}};
    syscall(SYS_capget, &header, sets);
    return sets[0].permitted | (uint64_t)sets[1].permitted << 32;
}

int keep_capabilities(uint64_t capabilities) {
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    // What Tacit itself was not given cannot be given to a step.
    capabilities &= permitted_capabilities();
    uint32_t low = (uint32_t)capabilities, high = (uint32_t)(capabilities >> 32);
    struct __user_cap_data_struct sets[2] = {{low, low, 0}, {high, high, 0}};
    return syscall(SYS_capset, &header, sets) < 0 ? fail("capset", "capabilities") : 0;
}

// capabilities(7): at execve(2) root gets its bounding set, another user nothing that is not ambient.
int limit_bounding_set(uint64_t capabilities) {
    for (unsigned long number = 0; number < 64; number++) {
        if (capabilities >> number & 1) continue;
        if (prctl(PR_CAPBSET_DROP, number, 0, 0, 0) == 0) continue;
        if (errno == EINVAL) break; // beyond the kernel's last one
        return fail("prctl", "PR_CAPBSET_DROP");
    }
    if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) < 0)
        return fail("prctl", "PR_CAP_AMBIENT");
    return 0;
}
