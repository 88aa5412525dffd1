// SPDX-License-Identifier: Apache-2.0
// The step's main process between vfork(2) and execve(2). It shares the init's memory, so it calls only the
// kernel.
#include "launcher.h"
#include "step.h"
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <linux/close_range.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static const char *search_path(char **variables) {
    for (; *variables; variables++)
        if (strncmp(*variables, "PATH=", 5) == 0) return *variables + 5;
    return "";
}

// 0 when the search may go on.
static int execute_in(const char *directory, size_t length, const struct step *step) {
    static char candidate[PATH_MAX];
    size_t name_size = strlen(step->arguments[0]) + 1;
    if (length == 0 || length + 1 + name_size > sizeof candidate) return 0;
    memcpy(candidate, directory, length);
    candidate[length] = '/';
    memcpy(candidate + length + 1, step->arguments[0], name_size);
    execve(candidate, step->arguments, step->variables);
    return errno == ENOENT || errno == ENOTDIR ? 0 : errno;
}

// execvp(3) without its fall back to a shell: a file of unknown format is an error, as in a container. A file
// that may not be executed does not end the search.
static int execute(const struct step *step) {
    const char *program = step->arguments[0];
    if (strchr(program, '/')) {
        execve(program, step->arguments, step->variables);
        return errno;
    }
    int denied = 0;
    const char *directory = search_path(step->variables);
    while (*program && *directory) {
        size_t length = strcspn(directory, ":");
        int code = execute_in(directory, length, step);
        if (code == EACCES) denied = EACCES;
        else if (code) return code;
        directory += length + (directory[length] == ':');
    }
    return denied ? denied : ENOENT;
}

// The raw calls: the C library's would try to reach threads that this process does not have.
static int change_user(const struct step *step) {
    // A namespace of one user has no groups to choose from.
    bool has_groups = !launcher.is_user || launcher.has_id_ranges || step->group_count > 0;
    if (has_groups && syscall(SYS_setgroups, (size_t)step->group_count, step->groups) < 0)
        return fail("setgroups", "supplementary groups");
    if (syscall(SYS_setresgid, step->group, step->group, step->group) < 0)
        return fail("setresgid", "the step's group");
    if (syscall(SYS_setresuid, step->user, step->user, step->user) < 0)
        return fail("setresuid", "the step's user");
    // Another user lost all of them by the change.
    return step->user == 0 ? keep_capabilities(step->capabilities) : 0;
}

static int connect_streams(const struct step *step) {
    int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (null < 0) return fail("open", "/dev/null");
    if (dup2(null, 0) < 0 || dup2(step->output, 1) < 0 || dup2(step->error, 2) < 0)
        return fail("dup2", "the step's streams");
    // Not closed at once, as a failure is yet to be told.
    if (syscall(SYS_close_range, 3u, ~0u, CLOSE_RANGE_CLOEXEC) < 0)
        return fail("close_range", "the step's descriptors");
    return 0;
}

static int prepare(const struct step *step) {
    sigset_t none;
    sigemptyset(&none);
    if (setsid() < 0) return fail("setsid", "the step");
    if (connect_streams(step) < 0 || change_user(step) < 0) return -1;
    if (step->no_new_privileges && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
        return fail("prctl", "PR_SET_NO_NEW_PRIVS");
    umask(022);
    sigprocmask(SIG_SETMASK, &none, NULL);
    return 0;
}

noreturn void become_step(const struct step *step, int failures) {
    if (prepare(step) == 0) fail_with(execute(step), "execve", "the step's program");
    if (write(failures, &failure, sizeof failure) < 0) _exit(126);
    _exit(127);
}
