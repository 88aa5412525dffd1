// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "CLinux.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/// Reads the start of a small file of /proc; always ends it with a zero byte.
static long read_proc(int thread, const char *file, char *buffer, size_t size) {
    char path[48];
    snprintf(path, sizeof path, "/proc/%d/%s", thread, file);
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return -1;
    long count = read(descriptor, buffer, size - 1);
    close(descriptor);
    buffer[count < 0 ? 0 : count] = 0;
    return count;
}

int clinux_process_of_thread(int thread) {
    // Signal 0 to the thread `thread` of the process `thread`: ESRCH unless it leads its process.
    if (syscall(SYS_tgkill, thread, thread, 0) == 0 || errno != ESRCH) return thread;
    char status[1024];
    if (read_proc(thread, "status", status, sizeof status) <= 0) return thread;
    const char *line = strstr(status, "\nTgid:");
    int process = line ? atoi(line + 6) : 0;
    return process > 0 ? process : thread;
}

long clinux_executable(int thread, char *buffer, unsigned long size) {
    // By hand: it is done for every open of a secret, and snprintf(3) takes a third of its time.
    char path[32] = "/proc/", digits[12];
    size_t length = 6, count = 0;
    for (unsigned int left = (unsigned int)thread; left > 0; left /= 10)
        digits[count++] = (char)('0' + left % 10);
    while (count > 0) path[length++] = digits[--count];
    memcpy(path + length, "/exe", sizeof "/exe");
    return readlink(path, buffer, size);
}

long clinux_command_name(int thread, char *buffer, unsigned long size) {
    long count = read_proc(thread, "comm", buffer, size);
    return count > 0 && buffer[count - 1] == '\n' ? count - 1 : count;
}
