// SPDX-License-Identifier: Apache-2.0
// read-client FILE: opens, reads and closes FILE 5,000 times and prints the microseconds that one round took.
#include <fcntl.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { warm_up = 100, rounds = 5000 };

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

static int read_once(const char *path) {
    char buffer[4096];
    int file = open(path, O_RDONLY);
    if (file < 0) return 0;
    ssize_t count = read(file, buffer, sizeof buffer);
    return close(file) == 0 && count > 0;
}

int main(int count, char **arguments) {
    if (count != 2) return 2;
    double start = 0;
    for (int round = -warm_up; round < rounds; round++) {
        if (round == 0) start = now();
        if (!read_once(arguments[1])) {
            perror(arguments[1]);
            return 1;
        }
    }
    printf("%.3f\n", (now() - start) / rounds);
    return 0;
}
