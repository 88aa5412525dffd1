// SPDX-License-Identifier: Apache-2.0
// The launcher's table of steps: it clones each step's init, learns how the start went from the init's report
// pipe, and from then on waits for the init's end, which is the end of its whole world.
#include "launcher.h"
#include "step.h"
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

struct running_step {
    uint32_t id; // of the request that started it, or prepared its world
    uint32_t task;
    pid_t pid;
    int pidfd;
    int report;
    int orders;      // where an init with a prepared world waits for its step; -1 once that is sent
    bool is_started; // the runner has its answer
    bool has_ended;  // and knows of the end; the init may yet be taking the world down
};

static struct running_step steps[STEP_LIMIT];
static size_t step_count;

static int clone_step(
    uint32_t id, uint32_t length, const int descriptors[DESCRIPTOR_LIMIT], int orders[2]) {
    int pipe[2];
    if (!launcher.is_configured) return fail_with(EINVAL, "clone", "an unconfigured launcher");
    if (step_count == STEP_LIMIT) return fail_with(EAGAIN, "clone", "too many steps at once");
    if (pipe2(pipe, O_CLOEXEC) < 0) return fail("pipe2", "the step's report");
    if (stage_layers(launcher.buffer, length) < 0) {
        close(pipe[0]);
        close(pipe[1]);
        return -1;
    }
    struct running_step *running = &steps[step_count];
    *running = (struct running_step){.id = id, .pidfd = -1, .report = pipe[0], .orders = orders[0]};
    running->task = task_of(launcher.buffer, length);
    struct step step = {.output = descriptors[0], .error = descriptors[1], .report = pipe[1]};
    running->pid = start_init(length, &step, orders[1], &running->pidfd);
    close(pipe[1]);
    if (running->pid > 0) {
        step_count++;
        return 0;
    }
    fail("clone", "the step's world");
    close(pipe[0]);
    return -1;
}

static void settle(uint32_t task, bool waits_for_ended);

// Hands the request to the init that has its world ready. Nothing is ready when that init is dead; the world
// is then built anew, and what is wrong with it is told.
static bool start_prepared(
    const struct header *header, const int descriptors[DESCRIPTOR_LIMIT]) {
    uint32_t prepared = prepared_world(launcher.buffer, header->length);
    for (size_t i = 0; prepared && i < step_count; i++) {
        struct running_step *step = &steps[i];
        if (step->orders < 0 || step->id != prepared) continue;
        if (!forward_message(step->orders, header, launcher.buffer, descriptors)) {
            // It may hold the step's output already, whose end would not come while it waits for the rest.
            settle(step->task, false);
            return false;
        }
        close(step->orders);
        step->orders = -1;
        step->id = header->id;
        return true;
    }
    return false;
}

void start_step(const struct header *header, const int descriptors[DESCRIPTOR_LIMIT]) {
    int orders[2] = {-1, -1};
    if (start_prepared(header, descriptors)) return;
    if (clone_step(header->id, header->length, descriptors, orders) < 0)
        send_failure(launcher.socket, header->id, &failure);
}

void prepare_world(const struct header *header) {
    static const int none[DESCRIPTOR_LIMIT] = {-1, -1};
    int orders[2];
    settle(task_of(launcher.buffer, header->length), false);
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, orders) < 0) return;
    if (clone_step(header->id, header->length, none, orders) < 0) close(orders[0]);
    close(orders[1]);
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
    if (step->orders >= 0) close(step->orders);
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

// No process of the step is left when its init reports the end. An init that was killed reports nothing.
static bool handle_end(struct running_step *step) {
    struct report report;
    step->has_ended = read_report(step, &report);
    if (step->has_ended) {
        bool is_signal = report.kind == REPORT_SIGNALLED;
        answer_exited(step, is_signal ? EXIT_SIGNAL : EXIT_CODE, (uint32_t)report.value);
    } else {
        int signal = reap(step);
        answer_exited(step, EXIT_SIGNAL, (uint32_t)(signal ? signal : SIGKILL));
    }
    return step->has_ended;
}

size_t poll_steps(struct pollfd *entries) {
    for (size_t i = 0; i < step_count; i++) {
        int descriptor = steps[i].has_ended ? steps[i].pidfd : steps[i].report;
        entries[i] = (struct pollfd){descriptor, POLLIN, 0};
    }
    return step_count;
}

// A prepared world has nothing to say but that it could not be built, and nobody waits for that yet.
static bool handle_event(struct running_step *step) {
    if (step->orders < 0 && !step->has_ended)
        return step->is_started ? handle_end(step) : handle_start(step);
    reap(step);
    return false;
}

void handle_steps(const struct pollfd *entries, size_t count) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (!entries[i].revents || handle_event(&steps[i])) steps[kept++] = steps[i];
    step_count = kept;
}

static void settle(uint32_t task, bool waits_for_ended) {
    size_t kept = 0;
    for (size_t i = 0; i < step_count; i++) {
        bool is_prepared = steps[i].orders >= 0;
        bool is_settled = is_prepared || (waits_for_ended && steps[i].has_ended);
        if (steps[i].task != task || !is_settled) {
            steps[kept++] = steps[i];
            continue;
        }
        if (is_prepared) syscall(SYS_pidfd_send_signal, steps[i].pidfd, SIGKILL, NULL, 0);
        reap(&steps[i]);
    }
    step_count = kept;
}

void settle_task(uint32_t task) { settle(task, true); }

void kill_steps(void) {
    for (size_t i = 0; i < step_count; i++)
        syscall(SYS_pidfd_send_signal, steps[i].pidfd, SIGKILL, NULL, 0);
    for (size_t i = 0; i < step_count; i++) reap(&steps[i]);
    step_count = 0;
}
