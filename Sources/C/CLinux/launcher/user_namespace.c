// SPDX-License-Identifier: Apache-2.0
// An ordinary user's launcher is root of a user namespace of its own: it and all worlds have a container's
// capabilities there and none over the host. user_namespaces(7), newuidmap(1).
#include "launcher.h"
#include "CLinux.h"
#include "mounts.h"
#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t await_end(pid_t process, int *status) {
    pid_t ended;
    do ended = waitpid(process, status, 0);
    while (ended < 0 && errno == EINTR);
    return ended;
}

// newuidmap PID 0 USER 1 1 FIRST COUNT; newgidmap takes the same.
static bool run_tool(const char *tool, pid_t process, uint32_t own, struct clinux_id_range range) {
    char texts[4][21];
    char *arguments[] = {
        (char *)tool, (char *)decimal((uint64_t)process, texts[0]), "0",
        (char *)decimal(own, texts[1]), "1", "1", (char *)decimal(range.first, texts[2]),
        (char *)decimal(range.count, texts[3]), NULL};
    char *variables[] = {NULL};
    int status = -1;
    pid_t child = _Fork();
    if (child == 0) {
        execve(tool, arguments, variables);
        _exit(127);
    }
    return child > 0 && await_end(child, &status) > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

// The tools must run outside of the namespace that they map, so this helper is forked before it exists.
noreturn static void help(int go, const struct clinux_id_maps *maps, uid_t user, gid_t group) {
    char byte;
    pid_t launcher_pid = getppid();
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    if (read(go, &byte, 1) != 1) _exit(1);
    if (!run_tool(maps->user_tool, launcher_pid, user, maps->users)) _exit(1);
    _exit(run_tool(maps->group_tool, launcher_pid, group, maps->groups) ? 0 : 2);
}

static int write_text(const char *path, const char *text) {
    int file = open(path, O_WRONLY | O_CLOEXEC);
    if (file < 0) return fail("open", path);
    ssize_t count = write(file, text, strlen(text));
    if (count < 0) fail("write", path);
    close(file);
    return count < 0 ? -1 : 0;
}

static int map_one(const char *path, uint32_t own) {
    char line[64] = "0 ", digits[21];
    strcat(line, decimal(own, digits));
    strcat(line, " 1\n");
    return write_text(path, line);
}

// Whether the helper mapped users, and then groups too.
static void use_helper(pid_t helper, int *go, bool *has_users, bool *has_groups) {
    int status = -1;
    // Without the byte, the end of the pipe ends it.
    if (write(*go, "", 1) != 1) {
        close(*go);
        *go = -1;
    }
    if (await_end(helper, &status) < 0 || !WIFEXITED(status)) return;
    *has_users = WEXITSTATUS(status) != 1;
    *has_groups = WEXITSTATUS(status) == 0;
}

static int map_ids(pid_t helper, int *go, uid_t user, gid_t group) {
    bool has_users = false, has_groups = false;
    if (helper > 0) use_helper(helper, go, &has_users, &has_groups);
    launcher.has_id_ranges = has_users && has_groups;
    if (!has_users && map_one("/proc/self/uid_map", user) < 0) return -1;
    if (has_groups) return syscall(SYS_setgroups, 0, NULL) < 0 ? fail("setgroups", "none") : 0;
    // Else a process could leave a group that forbids it something.
    if (write_text("/proc/self/setgroups", "deny") < 0) return -1;
    return map_one("/proc/self/gid_map", group);
}

int enter_user_namespace(const struct clinux_id_maps *maps) {
    uid_t user = geteuid();
    gid_t group = getegid();
    pid_t helper = 0;
    int go[2] = {-1, -1};
    launcher.is_user = true;
    if (maps->user_tool && maps->group_tool) {
        if (pipe2(go, O_CLOEXEC) < 0) return fail("pipe2", "newuidmap");
        helper = _Fork();
        if (helper == 0) {
            close(go[1]);
            help(go[0], maps, user, group);
        }
        if (helper < 0) return fail("fork", "newuidmap");
    }
    int outcome = unshare(CLONE_NEWUSER);
    if (outcome < 0) fail("unshare", "a user namespace");
    else outcome = map_ids(helper, &go[1], user, group);
    if (go[0] >= 0) close(go[0]);
    if (go[1] >= 0) close(go[1]);
    // Where the namespace failed it still waits, for a byte that will not come.
    int status;
    if (outcome < 0 && helper > 0) await_end(helper, &status);
    return outcome;
}
