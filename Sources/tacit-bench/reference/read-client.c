// SPDX-License-Identifier: Apache-2.0
// read-client FILE: opens, reads and closes FILE 5,000 times and prints the microseconds that one round took:
// the median of batches so short that most of them are not interrupted by what else the machine does.
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { batches = 251, rounds = 20 };

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

static int ascending(const void *one, const void *other) {
    double left = *(const double *)one, right = *(const double *)other;
    return (left > right) - (left < right);
}

int main(int count, char **arguments) {
    if (count != 2) return 2;
    static double times[batches];
    for (int batch = 0; batch < batches; batch++) {
        double start = now();
        for (int round = 0; round < rounds; round++) {
            if (!read_once(arguments[1])) {
                perror(arguments[1]);
                return 1;
            }
        }
        times[batch] = (now() - start) / rounds;
    }
    qsort(times, batches, sizeof times[0], ascending);
    printf("%.3f\n", times[batches / 2]);
    return 0;
}
