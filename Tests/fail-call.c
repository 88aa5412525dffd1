// SPDX-License-Identifier: Apache-2.0
// fail-call WHO NUMBER ERRNO REPORT COMMAND...: runs a command that runs tacit, and makes one system call of its
// launcher fail: the NUMBER-th, from the fork on. WHO is `launcher`, or `init:K` for the K-th process that it makes
// a world with; NUMBER 0 fails none. REPORT gets one line: the launcher's pid, how many calls were seen, and the
// number of the one that failed (-1 for none). Ends as the command does; 125 when it cannot do its work.
#define _GNU_SOURCE
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

static const unsigned long followed =
    PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL;

static pid_t launcher, victim;
static long wanted, seen, failed = -1;
static const char *report;
static int code, init_number;

static struct __ptrace_syscall_info info_of(pid_t process) {
    struct __ptrace_syscall_info info = {0};
    ptrace(PTRACE_GET_SYSCALL_INFO, process, sizeof info, &info);
    return info;
}

// At a call's entry: the kernel knows no call of this number.
static void skip_call(pid_t process) {
#if defined(__x86_64__)
    ptrace(PTRACE_POKEUSER, process, offsetof(struct user_regs_struct, orig_rax), -1L);
#else
    int number = -1;
    struct iovec part = {&number, sizeof number};
    ptrace(PTRACE_SETREGSET, process, NT_ARM_SYSTEM_CALL, &part);
#endif
}

static void set_outcome(pid_t process, long value) {
#if defined(__x86_64__)
    ptrace(PTRACE_POKEUSER, process, offsetof(struct user_regs_struct, rax), value);
#else
    struct user_regs_struct registers;
    struct iovec part = {&registers, sizeof registers};
    ptrace(PTRACE_GETREGSET, process, NT_PRSTATUS, &part);
    registers.regs[0] = (unsigned long)value;
    ptrace(PTRACE_SETREGSET, process, NT_PRSTATUS, &part);
#endif
}

static void start(pid_t process) {
    victim = process;
    ptrace(PTRACE_SETOPTIONS, process, 0, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL);
}

static bool write_report(void) {
    int file = open(report, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool is_written = file >= 0 && dprintf(file, "%d %ld %ld\n", launcher, seen, failed) > 0;
    close(file);
    return is_written;
}

// What fails is known from here on: the victim goes on alone.
static void let_go(pid_t process) {
    ptrace(PTRACE_DETACH, process, 0, 0);
    if (process == victim) victim = -1;
}

static void at_call(pid_t process) {
    static bool is_failing;
    struct __ptrace_syscall_info info = info_of(process);
    if (is_failing) {
        set_outcome(process, -code);
        write_report();
        let_go(process);
        return;
    }
    if (info.op == PTRACE_SYSCALL_INFO_ENTRY) {
        long number = (long)info.entry.nr;
        // Neither returns.
        if (number != SYS_exit && number != SYS_exit_group && ++seen == wanted) {
            is_failing = true;
            failed = number;
            // A close(2) that fails has closed all the same.
            if (number != SYS_close && number != SYS_close_range) skip_call(process);
        }
    }
    ptrace(PTRACE_SYSCALL, process, 0, 0);
}

static bool is_tacit(pid_t process) {
    char path[64], target[4096];
    snprintf(path, sizeof path, "/proc/%d/exe", process);
    ssize_t length = readlink(path, target, sizeof target - 1);
    if (length < 0) return false;
    target[length] = 0;
    const char *name = strrchr(target, '/');
    return name && strcmp(name, "/tacit") == 0;
}

static unsigned long first_argument(pid_t process) {
#if defined(__x86_64__)
    return (unsigned long)ptrace(PTRACE_PEEKUSER, process, offsetof(struct user_regs_struct, rdi), 0);
#else
    struct user_regs_struct registers = {0};
    struct iovec part = {&registers, sizeof registers};
    ptrace(PTRACE_GETREGSET, process, NT_PRSTATUS, &part);
    return registers.regs[0];
#endif
}

// The processes that are traced; a child's own stop may come before its parent's word of it.
static pid_t known[1024];
static size_t known_count;

static bool is_known(pid_t process) {
    for (size_t i = 0; i < known_count; i++)
        if (known[i] == process) return true;
    return false;
}

// Remembers a child that has stopped for the first time.
static void learn(pid_t child) {
    int status;
    if (is_known(child)) return;
    waitpid(child, &status, __WALL);
    known[known_count++ % 1024] = child;
}

static void at_child(pid_t parent) {
    unsigned long message = 0;
    ptrace(PTRACE_GETEVENTMSG, parent, 0, &message);
    pid_t child = (pid_t)message;
    learn(child);
    bool is_launcher = !launcher && is_tacit(parent);
    bool is_init = parent == launcher && !victim && first_argument(parent) & CLONE_NEWPID && --init_number == 0;
    if (is_launcher) launcher = child;
    if (is_init || (is_launcher && !init_number)) start(child);
    ptrace(child == victim ? PTRACE_SYSCALL : PTRACE_CONT, child, 0, 0);
    // Nothing that it does matters from here on.
    if (is_launcher || is_init) let_go(parent);
    else ptrace(PTRACE_CONT, parent, 0, 0);
}

static void at_stop(pid_t process, int status) {
    int signal = WSTOPSIG(status), event = status >> 16;
    if (process == victim && signal == (SIGTRAP | 0x80)) at_call(process);
    else if (event == PTRACE_EVENT_FORK || event == PTRACE_EVENT_VFORK || event == PTRACE_EVENT_CLONE) at_child(process);
    else if (signal == SIGSTOP && !is_known(process)) known[known_count++ % 1024] = process;
    else {
        bool is_ours = event || signal == SIGTRAP;
        ptrace(process == victim ? PTRACE_SYSCALL : PTRACE_CONT, process, 0, is_ours ? 0 : signal);
    }
}

int main(int count, char **arguments) {
    if (count < 6) return 125;
    if (strncmp(arguments[1], "init:", 5) == 0) init_number = atoi(arguments[1] + 5);
    wanted = atol(arguments[2]);
    code = atoi(arguments[3]);
    report = arguments[4];
    pid_t command = fork();
    if (command == 0) {
        ptrace(PTRACE_TRACEME, 0, 0, 0);
        raise(SIGSTOP);
        execvp(arguments[5], arguments + 5);
        _exit(125);
    }
    int status, outcome = 125 << 8;
    if (waitpid(command, &status, 0) != command || !WIFSTOPPED(status)) return 125;
    known[known_count++] = command;
    ptrace(PTRACE_SETOPTIONS, command, 0, followed);
    ptrace(PTRACE_CONT, command, 0, 0);
    pid_t process;
    while ((process = waitpid(-1, &status, __WALL)) > 0 || errno == EINTR) {
        if (process < 0) continue;
        if (WIFSTOPPED(status)) at_stop(process, status);
        else if (process == command) {
            outcome = status;
            break;
        }
    }
    if (failed < 0 && !write_report()) return 125;
    return WIFEXITED(outcome) ? WEXITSTATUS(outcome) : 128 + WTERMSIG(outcome);
}
