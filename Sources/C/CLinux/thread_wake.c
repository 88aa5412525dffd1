// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "CLinux.h"
#include <pthread.h>
#include <signal.h>
#include <stddef.h>

// SIGURG: ignored unless caught, and sent by nobody who was not asked to (see F_SETOWN of fcntl(2)).
enum { wake_signal = SIGURG };

static void wake(int signal) { (void)signal; }

int clinux_allow_wake(void) {
    // Without SA_RESTART, so that the interrupted call returns.
    struct sigaction action = {.sa_handler = wake};
    sigemptyset(&action.sa_mask);
    if (sigaction(wake_signal, &action, NULL) != 0) return -1;
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, wake_signal);
    return pthread_sigmask(SIG_UNBLOCK, &set, NULL) == 0 ? 0 : -1;
}

void clinux_wake(unsigned long thread) { pthread_kill((pthread_t)thread, wake_signal); }
