// SPDX-License-Identifier: Apache-2.0
// The system calls that no process of a world may make: keys are shared with the host's, and the others
// reach the whole kernel. The filter is a list of refusals, as capabilities do the rest; it is installed
// once, in the launcher, and inherited by every step.
#include "launcher.h"
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

static const unsigned int native_calls[] = {
    SYS_add_key,      SYS_request_key,    SYS_keyctl,        SYS_kexec_load,  SYS_kexec_file_load,
    SYS_bpf,          SYS_perf_event_open, SYS_userfaultfd,  SYS_init_module, SYS_finit_module,
    SYS_delete_module, SYS_open_by_handle_at, SYS_io_uring_setup, SYS_io_uring_enter,
    SYS_io_uring_register,
};

// The same calls of the 32-bit programs that the kernel also runs: the kernel's syscall_32.tbl for x86,
// syscall.tbl for arm.
#if defined(__x86_64__)
#define NATIVE_ARCHITECTURE AUDIT_ARCH_X86_64
#define COMPATIBLE_ARCHITECTURE AUDIT_ARCH_I386
static const unsigned int compatible_calls[] = {
    286, 287, 288, 283, 357, 336, 374, 128, 350, 129, 342, 425, 426, 427,
};
enum { COMPATIBLE_CLONE = 120, COMPATIBLE_UNSHARE = 310, COMPATIBLE_CLONE3 = 435 };
#elif defined(__aarch64__)
#define NATIVE_ARCHITECTURE AUDIT_ARCH_AARCH64
#define COMPATIBLE_ARCHITECTURE AUDIT_ARCH_ARM
static const unsigned int compatible_calls[] = {
    309, 310, 311, 347, 401, 386, 364, 388, 128, 379, 129, 371, 425, 426, 427,
};
enum { COMPATIBLE_CLONE = 120, COMPATIBLE_UNSHARE = 337, COMPATIBLE_CLONE3 = 435 };
#else
#error "the launcher knows the system calls of x86_64 and aarch64 only"
#endif

enum { REFUSE = SECCOMP_RET_ERRNO | EPERM, UNKNOWN = SECCOMP_RET_ERRNO | ENOSYS };
// x32 numbers carry this bit; no distribution ships x32 programs.
enum { X32_BIT = 0x40000000 };

static struct sock_filter program[128];
static unsigned short program_length;

static void emit(unsigned short code, unsigned int operand, unsigned char yes, unsigned char no) {
    program[program_length++] = (struct sock_filter){code, yes, no, operand};
}

// How many instructions emit_refusals makes of `count` calls.
static unsigned char refusals_length(size_t count) { return (unsigned char)(2 * count + 12); }

// A control group namespace, with a user namespace, would let a step mount the host's control groups and
// write to them. clone3 keeps its flags where a filter cannot look; without it libc falls back to clone.
static void emit_namespace_refusals(unsigned int clone, unsigned int unshare, unsigned int clone3) {
    emit(BPF_JMP | BPF_JEQ | BPF_K, clone3, 0, 1);
    emit(BPF_RET | BPF_K, UNKNOWN, 0, 0);
    emit(BPF_JMP | BPF_JEQ | BPF_K, clone, 1, 0);
    emit(BPF_JMP | BPF_JEQ | BPF_K, unshare, 0, 4);
    emit(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[0]), 0, 0);
    emit(BPF_JMP | BPF_JSET | BPF_K, CLONE_NEWCGROUP, 0, 1);
    emit(BPF_RET | BPF_K, REFUSE, 0, 0);
    emit(BPF_RET | BPF_K, SECCOMP_RET_ALLOW, 0, 0);
}

static void emit_refusals(
    const unsigned int *calls, size_t count, unsigned int clone, unsigned int unshare,
    unsigned int clone3) {
    unsigned short first = program_length;
    emit(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr), 0, 0);
    emit_namespace_refusals(clone, unshare, clone3);
    for (size_t i = 0; i < count; i++) {
        emit(BPF_JMP | BPF_JEQ | BPF_K, calls[i], 0, 1);
        emit(BPF_RET | BPF_K, REFUSE, 0, 0);
    }
    emit(BPF_RET | BPF_K, SECCOMP_RET_ALLOW, 0, 0);
    // The jump over them counts on it.
    while (program_length - first < refusals_length(count))
        emit(BPF_RET | BPF_K, SECCOMP_RET_ALLOW, 0, 0);
}

static void emit_program(void) {
    const size_t native_count = sizeof native_calls / sizeof *native_calls;
    const size_t compatible_count = sizeof compatible_calls / sizeof *compatible_calls;
    emit(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch), 0, 0);
    emit(BPF_JMP | BPF_JEQ | BPF_K, COMPATIBLE_ARCHITECTURE, 0, refusals_length(compatible_count));
    emit_refusals(
        compatible_calls, compatible_count, COMPATIBLE_CLONE, COMPATIBLE_UNSHARE,
        COMPATIBLE_CLONE3);
    emit(BPF_JMP | BPF_JEQ | BPF_K, NATIVE_ARCHITECTURE, 1, 0);
    emit(BPF_RET | BPF_K, UNKNOWN, 0, 0);
    emit(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr), 0, 0);
    emit(BPF_JMP | BPF_JGE | BPF_K, X32_BIT, 0, 1);
    emit(BPF_RET | BPF_K, UNKNOWN, 0, 0);
    emit_refusals(native_calls, native_count, SYS_clone, SYS_unshare, SYS_clone3);
}

int install_system_call_filter(void) {
    emit_program();
    struct sock_fprog filter = {program_length, program};
    // Needs no "no new privileges", which would break set-uid programs, as the launcher is root here.
    if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter) < 0)
        return fail("seccomp", "the system call filter");
    return 0;
}
