// SPDX-License-Identifier: Apache-2.0
// The launcher's table of steps: it clones each step's init, learns how the start went from the init's report
// pipe, and from then on waits for the init's end, which is the end of its whole world.
#include "launcher.h"
#include "step.h"
#include <fcntl.h>
#include <linux/sched.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

struct running_step {
    uint32_t id; // of the request that started it
    pid_t pid;
    int pidfd;
    int report;
    bool is_started; // the runner has its answer
};

static struct running_step steps[STEP_LIMIT];
static size_t step_count;

// The launcher may have died before PR_SET_PDEATHSIG took effect; its pidfd then says so.
static void exit_without_launcher(void) {
    struct pollfd entry = {launcher.self, POLLIN, 0};
    if (poll(&entry, 1, 0) != 0) _exit(1);
}

noreturn static void run_world(uint32_t length, struct step *step) {
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    exit_without_launcher();
    prctl(PR_SET_NAME, "tacit-init", 0, 0, 0);
    // 0, 1 and 2 stay taken, so that nothing opened from here on gets a number the step's streams need.
    const int kept[] = {0, 1, 2, step->output, step->error, step->report, launcher.self};
    close_others(kept, sizeof kept / sizeof *kept);
    mlock2(launcher.buffer, length, MLOCK_ONFAULT);
    if (decode_step(launcher.buffer, length, step) == 0 && build_world(step) == 0) {
        // Once more: the first look may have come between the launcher's last signals and its end.
        exit_without_launcher();
        run_init(step, launcher.buffer, length);
    }
    struct report report = {.kind = REPORT_FAILED, .value = failure.code, .reason = failure};
    if (write(step->report, &report, sizeof report) < 0) _exit(1);
    _exit(1);
}

static pid_t clone_init(uint32_t length, int *pidfd) {
    unsigned long flags =
        CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_PIDFD | SIGCHLD;
    if (wants_own_network(launcher.buffer, length)) flags |= CLONE_NEWNET;
    // Not clone3(2): the system call filter, which cannot look at its flags, refuses it.
    return (pid_t)syscall(SYS_clone, flags, NULL, pidfd, NULL, NULL);
}

static int start(uint32_t id, uint32_t length, const int descriptors[DESCRIPTOR_LIMIT]) {
    int pipe[2];
    if (!launcher.is_configured) return fail_with(EINVAL, "clone", "an unconfigured launcher");
    if (step_count == STEP_LIMIT) return fail_with(EAGAIN, "clone", "too many steps at once");
    if (pipe2(pipe, O_CLOEXEC) < 0) return fail("pipe2", "the step's report");
    struct running_step *running = &steps[step_count];
    *running = (struct running_step){.id = id, .pidfd = -1, .report = pipe[0]};
    struct step step = {.output = descriptors[0], .error = descriptors[1], .report = pipe[1]};
    running->pid = clone_init(length, &running->pidfd);
    if (running->pid == 0) run_world(length, &step);
    close(pipe[1]);
    if (running->pid > 0) {
        step_count++;
        return 0;
    }
    fail("clone", "the step's world");
    close(pipe[0]);
    return -1;
}

void start_step(uint32_t id, uint32_t length, const int descriptors[DESCRIPTOR_LIMIT]) {
    if (start(id, length, descriptors) < 0) send_failure(launcher.socket, id, &failure);
}

static void answer_started(struct running_step *step) {
    uint32_t pid = (uint32_t)step->pid;
    struct header header = {sizeof pid, REPLY_STARTED, step->id};
    send_reply(launcher.socket, header, &pid, step->pidfd);
    step->is_started = true;
}

static void answer_exited(const struct running_step *step, uint32_t kind, uint32_t value) {
    const uint32_t body[] = {kind, value};
    struct header header = {sizeof body, REPLY_EXITED, step->id};
    send_reply(launcher.socket, header, body, -1);
}

static bool read_report(const struct running_step *step, struct report *report) {
    ssize_t count;
    do count = read(step->report, report, sizeof *report);
    while (count < 0 && errno == EINTR);
    return count == (ssize_t)sizeof *report;
}

// The init is dead or about to die; when this returns, its world is gone.
static int reap(const struct running_step *step) {
    siginfo_t status = {0};
    int outcome;
    do outcome = waitid(P_PIDFD, (id_t)step->pidfd, &status, WEXITED);
    while (outcome < 0 && errno == EINTR);
    close(step->report);
    close(step->pidfd);
    return status.si_code == CLD_EXITED ? 0 : status.si_status;
}

static void answer_not_executed(struct running_step *step, int code) {
    answer_started(step);
    reap(step);
    answer_exited(step, EXIT_NOT_EXECUTED, (uint32_t)code);
}

// What the init says of the start; false when it is over already.
static bool handle_start(struct running_step *step) {
    struct report report;
    bool has_report = read_report(step, &report);
    if (has_report && report.kind == REPORT_STARTED) {
        answer_started(step);
        return true;
    }
    if (has_report && report.kind == REPORT_NOT_EXECUTED) {
        answer_not_executed(step, report.value);
        return false;
    }
    int signal = reap(step);
    if (!has_report) {
        memset(&report, 0, sizeof report);
        fail_with(EIO, "start", signal ? "the step's init was killed" : "the step's init ended");
        report.reason = failure;
    }
    send_failure(launcher.socket, step->id, &report.reason);
    return false;
}

static void handle_end(struct running_step *step) {
    struct report report;
    bool has_report = read_report(step, &report);
    int signal = reap(step);
    if (!has_report) answer_exited(step, EXIT_SIGNAL, (uint32_t)(signal ? signal : SIGKILL));
    else if (report.kind == REPORT_SIGNALLED)
        answer_exited(step, EXIT_SIGNAL, (uint32_t)report.value);
    else answer_exited(step, EXIT_CODE, (uint32_t)report.value);
}

size_t poll_steps(struct pollfd *entries) {
    for (size_t i = 0; i < step_count; i++) {
        int descriptor = steps[i].is_started ? steps[i].pidfd : steps[i].report;
        entries[i] = (struct pollfd){descriptor, POLLIN, 0};
    }
    return step_count;
}

void handle_steps(const struct pollfd *entries, size_t count) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        bool goes_on = true;
        if (entries[i].revents) {
            if (steps[i].is_started) {
                handle_end(&steps[i]);
                goes_on = false;
            } else {
                goes_on = handle_start(&steps[i]);
            }
        }
        if (goes_on) steps[kept++] = steps[i];
    }
    step_count = kept;
}

void kill_steps(void) {
    for (size_t i = 0; i < step_count; i++)
        syscall(SYS_pidfd_send_signal, steps[i].pidfd, SIGKILL, NULL, 0);
    for (size_t i = 0; i < step_count; i++) reap(&steps[i]);
    step_count = 0;
}
