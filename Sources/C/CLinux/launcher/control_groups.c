// SPDX-License-Identifier: Apache-2.0
// The control group of a launcher: it goes there itself, so that every step is in it from its first instruction on,
// and leaves it again at its end. One a controller (cgroup v1) or one for both (v2), below or beside the group that
// Tacit was started in, as far as the host lets it make one; cgroups(7).
#include "launcher.h"
#include "mounts.h"
#include <fcntl.h>
#include <string.h>
#include <sys/sysinfo.h>
#include <unistd.h>

struct group {
    char path[700];   // of the launcher's own
    char former[700]; // of the one that it came from
    const char *members;
};

static struct group groups[2];
static size_t group_count;

static bool write_file(const char *directory, const char *name, const char *text) {
    char path[800];
    strcat(strcat(strcpy(path, directory), "/"), name);
    int file = open(path, O_WRONLY | O_CLOEXEC);
    if (file < 0) return false;
    ssize_t count = write(file, text, strlen(text));
    close(file);
    return count >= 0;
}

// The path behind `0::` (v2) or behind the controller's name (v1) in /proc/self/cgroup.
static bool find_own(const char *controller, char path[512]) {
    static char text[8192];
    int file = open("/host/proc/self/cgroup", O_RDONLY | O_CLOEXEC);
    if (file < 0) return false;
    ssize_t length = read(file, text, sizeof text - 1);
    close(file);
    if (length <= 0) return false;
    text[length] = 0;
    for (char *line = text, *next; *line; line = next) {
        size_t size = strcspn(line, "\n");
        next = line + size + (line[size] == '\n');
        line[size] = 0;
        char *name = strchr(line, ':');
        char *own = name ? strchr(name + 1, ':') : NULL;
        if (!own || strlen(own + 1) >= 512) continue;
        *own = 0;
        if (strcmp(name + 1, controller) != 0) continue;
        strcpy(path, own + 1);
        return true;
    }
    return false;
}

static bool is_alive(const char *number) {
    char path[64] = "/host/proc/";
    return strlen(number) < 32 && access(strcat(path, number), F_OK) == 0;
}

// Groups of launchers that were killed; what is not empty stays.
static void remove_stale(const char *parent) {
    static _Alignas(8) char listing[8192];
    int directory = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory < 0) return;
    long size;
    while ((size = list_directory(directory, listing, sizeof listing)) > 0)
        for (long at = 0; at < size;) {
            const char *name = next_entry(listing, &at)->name;
            if (strncmp(name, "tacit-", 6) == 0 && name[6] >= '0' && name[6] <= '9' && !is_alive(name + 6))
                unlinkat(directory, name, AT_REMOVEDIR);
        }
    close(directory);
}

// Makes a group in `parent` and sets its limits; false where that cannot be. Who writes to `members` joins.
static bool enter_group(
    const char *parent, const char *former, const char *members, const struct option *limits,
    size_t needed) {
    struct group *group = &groups[group_count];
    char digits[21];
    if (strlen(parent) > 600 || strlen(former) > 600) return false;
    remove_stale(parent);
    strcat(strcat(strcpy(group->path, parent), "/tacit-"), decimal((uint64_t)getpid(), digits));
    strcpy(group->former, former);
    group->members = members;
    if (mkdir(group->path, 0755) < 0) return false;
    for (size_t i = 0; limits[i].key; i++) {
        bool is_set = !limits[i].value || write_file(group->path, limits[i].key, limits[i].value);
        if (is_set || i >= needed) continue;
        rmdir(group->path);
        return false;
    }
    if (!write_file(group->path, members, "0")) {
        rmdir(group->path);
        return false;
    }
    group_count++;
    return true;
}

static bool enter_unified(const char *memory, const char *processes) {
    static const char root[] = "/host/sys/fs/cgroup";
    char own[512], former[600], parent[600];
    const struct option limits[] = {
        {"memory.max", memory}, {"pids.max", processes}, {"memory.swap.max", "0"}, {0}};
    if (!find_own("", own)) return false;
    strcat(strcpy(former, root), strcmp(own, "/") == 0 ? "" : own);
    // A group with processes hands no controllers down, but for the root; so a group beside our own.
    strcpy(parent, former);
    if (strcmp(own, "/") != 0) *strrchr(parent, '/') = 0;
    write_file(parent, "cgroup.subtree_control", "+memory +pids");
    return enter_group(parent, former, "cgroup.procs", limits, 2);
}

static bool enter_controller(const char *controller, const struct option *limits) {
    char own[512], parent[600] = "/host/sys/fs/cgroup/";
    if (!find_own(controller, own)) return false;
    strcat(strcat(parent, controller), strcmp(own, "/") == 0 ? "" : own);
    // The thread alone, which is all that the launcher has: for a process the kernel waits until every CPU has
    // let go of its threads, some 30 ms.
    return enter_group(parent, parent, "tasks", limits, 1);
}

void limit_resources(uint64_t memory, uint64_t processes) {
    char texts[2][21];
    bool is_asked = memory != 0;
    struct sysinfo host;
    // The host itself must go on when steps take all that there is.
    if (memory == 0 && sysinfo(&host) == 0) memory = (uint64_t)host.totalram * host.mem_unit / 10 * 9;
    if (processes == 0) processes = 16384;
    const char *memory_text = decimal(memory, texts[0]), *process_text = decimal(processes, texts[1]);
    const struct option memory_limits[] = {
        {"memory.limit_in_bytes", memory_text}, {"memory.memsw.limit_in_bytes", memory_text}, {0}};
    const struct option process_limits[] = {{"pids.max", process_text}, {0}};
    bool has_both = enter_unified(memory_text, process_text);
    bool has_memory = has_both || enter_controller("memory", memory_limits);
    bool has_processes = has_both || enter_controller("pids", process_limits);
    // Of a process's own, as far as a group does not hold it.
    // One that nobody asked for would hurt programs that map much and use little.
    launcher.process_memory = has_memory || !is_asked ? 0 : memory;
    launcher.user_processes = has_processes ? 0 : processes;
}

void leave_control_groups(void) {
    while (group_count > 0) {
        const struct group *group = &groups[--group_count];
        write_file(group->former, group->members, "0");
        rmdir(group->path);
    }
}
