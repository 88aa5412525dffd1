// SPDX-License-Identifier: Apache-2.0
// What the launcher takes off after the fork: the runner's descriptors, signal handlers, terminal,
// command line and environment. Steps' inits are forks of it and must find none of them.
#include "launcher.h"
#include <fcntl.h>
#include <linux/keyctl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

void close_others(const int *kept, size_t count) {
    unsigned int from = 0;
    for (;;) {
        unsigned int next = ~0u;
        for (size_t i = 0; i < count; i++)
            if (kept[i] >= 0 && (unsigned int)kept[i] >= from && (unsigned int)kept[i] < next)
                next = (unsigned int)kept[i];
        if (next == ~0u) break;
        if (next > from) syscall(SYS_close_range, from, next - 1, 0);
        from = next + 1;
    }
    syscall(SYS_close_range, from, ~0u, 0);
}

// All signals are blocked: the launcher ends with its runner, not by a Ctrl-C or a service manager's TERM.
static int reset_signals(void) {
    // The kernel's own structure, zero: the default action. The C library keeps two signals to itself.
    const unsigned long action[8] = {0};
    sigset_t all;
    for (int number = 1; number < NSIG; number++)
        syscall(SYS_rt_sigaction, number, action, NULL, sizeof(unsigned long));
    sigfillset(&all);
    // An init that inherits less would miss the end of its step.
    return sigprocmask(SIG_SETMASK, &all, NULL) < 0 ? fail("sigprocmask", "all signals") : 0;
}

// A parent that died before prctl(2) is noticed by its number; the socket's end says the same, later.
static int follow_parent(pid_t parent) {
    if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) < 0) return fail("prctl", "PR_SET_PDEATHSIG");
    if (getppid() != parent) _exit(0);
    return 0;
}

static int open_null(void) {
    if (open("/dev/null", O_RDWR) != 0 || dup(0) != 1 || dup(0) != 2)
        return fail("open", "/dev/null");
    return 0;
}

static char *field_after_name(char *text, int number) {
    char *field = strrchr(text, ')');
    for (int i = 2; field && i < number; i++) field = strchr(field + 1, ' ');
    return field;
}

static char *address(char *text, int number) {
    char *field = field_after_name(text, number);
    return field ? (char *)strtoul(field, NULL, 10) : NULL;
}

// The command line may hold parameters and the environment credentials, and a step can read its init's.
static void wipe_arguments(void) {
    static const char name[] = "tacit-launcher";
    char text[2048];
    int file = open("/proc/self/stat", O_RDONLY | O_CLOEXEC);
    if (file < 0) return;
    ssize_t length = read(file, text, sizeof text - 1);
    close(file);
    if (length <= 0) return;
    text[length] = 0;
    // proc(5): arg_start, arg_end, env_start, env_end.
    char *start = address(text, 48), *end = address(text, 49);
    if (start && end > start) {
        size_t size = (size_t)(end - start);
        memset(start, 0, size);
        memcpy(start, name, size > sizeof name ? sizeof name : size - 1);
    }
    start = address(text, 50);
    end = address(text, 51);
    if (start && end > start) memset(start, 0, (size_t)(end - start));
}

// One byte and not 0: core(5) ignores 0 when cores go to a program, and refuses that program at 1.
static void forbid_core_dumps(void) {
    struct rlimit limit = {1, 1};
    setrlimit(RLIMIT_CORE, &limit);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

// Keys of the session that started Tacit must not be a step's. Kernels without keys have none to hide.
static int leave_session_keyring(void) {
    if (syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, NULL) >= 0 || errno == ENOSYS) return 0;
    return fail("keyctl", "a session keyring of its own");
}

int become_launcher(int socket, pid_t parent, const struct clinux_id_maps *maps) {
    if (reset_signals() < 0) return -1;
    if (parent && follow_parent(parent) < 0) return -1;
    close_others(&socket, 1);
    launcher.socket = fcntl(socket, F_DUPFD_CLOEXEC, 3);
    close(socket);
    if (launcher.socket < 0) return fail("fcntl", "the runner's socket");
    if (open_null() < 0) return -1;
    // Before it is unreadable: newuidmap(1) looks at it.
    if (maps && enter_user_namespace(maps) < 0) return -1;
    prctl(PR_SET_NAME, "tacit-launcher", 0, 0, 0);
    bool can_release = can_release_libraries();
    wipe_arguments();
    if (can_release) release_libraries();
    forbid_core_dumps();
    setsid();
    umask(0);
    launcher.self = (int)syscall(SYS_pidfd_open, getpid(), 0);
    if (launcher.self < 0) return fail("pidfd_open", "the launcher");
    return leave_session_keyring();
}
