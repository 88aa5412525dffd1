// SPDX-License-Identifier: Apache-2.0
// A world's pid 1: starts the step, forwards signals, reaps orphans, and takes everything with it when the
// step's main process ends.
#include "launcher.h"
#include "step.h"
#include <fcntl.h>
#include <linux/capability.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void report(int pipe, uint32_t kind, int value) {
    struct report report = {.kind = kind, .value = value, .reason = failure};
    // Nobody is left to tell when this fails.
    if (write(pipe, &report, sizeof report) < 0) _exit(1);
}

// Kills and reaps whatever the step left, so that all of it is gone when its end is told; the namespaces are
// taken down after that, while the next step may run already.
noreturn static void end(int pipe, int status) {
    do kill(-1, SIGKILL);
    while (waitpid(-1, NULL, 0) > 0);
    if (WIFSIGNALED(status)) report(pipe, REPORT_SIGNALLED, WTERMSIG(status));
    else report(pipe, REPORT_EXITED, WEXITSTATUS(status));
    _exit(0);
}

static void reap(int pipe, pid_t main_process) {
    int status;
    pid_t ended;
    // Until there is none: the next signal may be long in coming.
    do {
        ended = waitpid(-1, &status, WNOHANG);
        if (ended == main_process) end(pipe, status);
    } while (ended > 0 || (ended < 0 && errno != ECHILD));
}

// Every signal is blocked, so that none is lost and none can end pid 1 but SIGKILL.
noreturn static void serve(int pipe, pid_t main_process) {
    sigset_t all;
    sigfillset(&all);
    for (;;) {
        int number = sigwaitinfo(&all, NULL);
        if (number == SIGCHLD) reap(pipe, main_process);
        else if (number > 0) kill(-1, number);
    }
}

// Starts the main process. What stopped it arrives through a pipe that execve(2) closes.
static pid_t start_main_process(const struct step *step) {
    int pipe[2];
    if (pipe2(pipe, O_CLOEXEC) < 0) return fail("pipe2", "the step");
    pid_t main_process = vfork();
    if (main_process == 0) become_step(step, pipe[1]);
    if (main_process < 0) return fail("vfork", "the step");
    close(pipe[1]);
    ssize_t count;
    do count = read(pipe[0], &failure, sizeof failure);
    while (count < 0 && errno == EINTR);
    return count == 0 ? main_process : -1;
}

noreturn void run_init(const struct step *step, char *message, uint32_t length) {
    int pipe = step->report;
    failure.code = 0;
    pid_t main_process = start_main_process(step);
    if (main_process > 0 && keep_capabilities(1ull << CAP_KILL) < 0) main_process = -1;
    explicit_bzero(message, length);
    close_others(&pipe, 1);
    if (main_process < 0) {
        bool is_program = strcmp(failure.operation, "execve") == 0;
        report(pipe, is_program ? REPORT_NOT_EXECUTED : REPORT_FAILED, failure.code);
        _exit(0);
    }
    report(pipe, REPORT_STARTED, 0);
    serve(pipe, main_process);
}
