// SPDX-License-Identifier: Apache-2.0
// A world's pid 1: starts the step, forwards signals, reaps orphans, and takes everything with it when the
// step's main process ends.
#include "launcher.h"
#include "step.h"
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

noreturn static void end(int pipe, int status) {
    if (WIFSIGNALED(status)) report(pipe, REPORT_SIGNALLED, WTERMSIG(status));
    else report(pipe, REPORT_EXITED, WEXITSTATUS(status));
    _exit(0);
}

static void reap(int pipe, pid_t main_process) {
    int status;
    pid_t ended;
    while ((ended = waitpid(-1, &status, WNOHANG)) > 0)
        if (ended == main_process) end(pipe, status);
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

noreturn void run_init(const struct step *step, char *message, uint32_t length) {
    int pipe = step->report;
    failure.code = 0;
    pid_t main_process = vfork();
    if (main_process == 0) become_step(step);
    if (main_process < 0) fail("vfork", "the step");
    // What is left to do is sending signals.
    if (failure.code == 0) keep_capabilities(1ull << CAP_KILL);
    explicit_bzero(message, length);
    close_others(&pipe, 1);
    bool is_unknown_program = strcmp(failure.operation, "execve") == 0;
    if (failure.code) {
        report(pipe, is_unknown_program ? REPORT_NOT_EXECUTED : REPORT_FAILED, failure.code);
        _exit(0);
    }
    report(pipe, REPORT_STARTED, 0);
    serve(pipe, main_process);
}
