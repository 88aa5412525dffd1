// SPDX-License-Identifier: Apache-2.0
// A world's first process, from clone(2) to the moment its world stands.
#include "launcher.h"
#include "networks.h"
#include "step.h"
#include <linux/sched.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

// The launcher may have died before PR_SET_PDEATHSIG took effect; its pidfd then says so.
static void exit_without_launcher(void) {
    struct pollfd entry = {launcher.self, POLLIN, 0};
    if (poll(&entry, 1, 0) != 0) _exit(1);
}

// Waits for the step whose world stands ready. Its request begins with the fields the world was built from.
static int receive_step(int orders, uint32_t *length, struct step *step) {
    struct header header;
    int descriptors[DESCRIPTOR_LIMIT];
    if (!receive_header(orders, &header, descriptors)) _exit(0);
    mlock2(launcher.buffer, header.length, MLOCK_ONFAULT);
    if (!receive_body(orders, launcher.buffer, header.length)) _exit(0);
    close(orders);
    step->output = descriptors[0];
    step->error = descriptors[1];
    *length = header.length;
    return decode_step(launcher.buffer, header.length, step);
}

static int join_network(uint32_t task) {
    const struct network *network = network_of(task);
    if (!network || setns(network->namespace, CLONE_NEWNET) == 0) return 0;
    return fail("setns", "the task's network");
}

// Where there is no control group. Root's processes are not counted by the kernel then.
static void limit_process(void) {
    struct rlimit memory = {launcher.process_memory, launcher.process_memory};
    struct rlimit processes = {launcher.user_processes, launcher.user_processes};
    if (launcher.process_memory) setrlimit(RLIMIT_DATA, &memory);
    if (launcher.user_processes) setrlimit(RLIMIT_NPROC, &processes);
}

static int make_world(uint32_t *length, struct step *step, int orders) {
    int decoded = orders < 0 ? decode_step(launcher.buffer, *length, step)
                             : decode_world(launcher.buffer, *length, step);
    int root = decoded < 0 ? -1 : build_world(step);
    // The main process inherits it; here it costs the step's start nothing.
    if (root >= 0 && limit_bounding_set(step->capabilities) < 0) return -1;
    if (root >= 0 && orders >= 0 && receive_step(orders, length, step) < 0) return -1;
    return root < 0 ? -1 : enter_world(step, root);
}

noreturn static void run_world(uint32_t length, struct step *step, int orders) {
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    exit_without_launcher();
    prctl(PR_SET_NAME, "tacit-init", 0, 0, 0);
    limit_process();
    int joined = join_network(task_of(launcher.buffer, length));
    // 0, 1 and 2 stay taken, so that nothing opened from here on gets a number the step's streams need.
    const int kept[] = {0, 1, 2, step->output, step->error, step->report, launcher.self, orders};
    close_others(kept, sizeof kept / sizeof *kept);
    mlock2(launcher.buffer, length, MLOCK_ONFAULT);
    if (joined == 0 && make_world(&length, step, orders) == 0) {
        // Once more: the first look may have come between the launcher's last signals and its end.
        exit_without_launcher();
        run_init(step, launcher.buffer, length);
    }
    struct report report = {.kind = REPORT_FAILED, .value = failure.code, .reason = failure};
    if (write(step->report, &report, sizeof report) < 0) _exit(1);
    _exit(1);
}

pid_t start_init(uint32_t length, struct step *step, int orders, int *pidfd) {
    unsigned long flags =
        CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_PIDFD | SIGCHLD;
    // Not clone3(2): the system call filter, which cannot look at its flags, refuses it.
    pid_t pid = (pid_t)syscall(SYS_clone, flags, NULL, pidfd, NULL, NULL);
    if (pid == 0) run_world(length, step, orders);
    return pid;
}
