/* SPDX-License-Identifier: Apache-2.0 */
/* timespan 1h30m: prints the seconds of a time span as Kubernetes writes it; exits 2 for what is none. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

static long unit_seconds(char unit) {
    switch (unit) {
    case 'h': return 3600;
    case 'm': return 60;
    case 's': return 1;
    default: return 0;
    }
}

static long span_seconds(const char *text) {
    long total = 0;
    if (*text == '\0') return -1;
    while (*text != '\0') {
        char *end;
        if (*text < '0' || *text > '9') return -1;
        errno = 0;
        long number = strtol(text, &end, 10);
        long seconds = unit_seconds(*end);
        long part;
        if (errno != 0 || seconds == 0) return -1;
        if (__builtin_mul_overflow(number, seconds, &part)) return -1;
        if (__builtin_add_overflow(total, part, &total)) return -1;
        text = end + 1;
    }
    return total;
}

int main(int count, char **arguments) {
    long seconds = count == 2 ? span_seconds(arguments[1]) : -1;
    if (seconds < 0) {
        fprintf(stderr, "usage: timespan 1h30m45s\n");
        return 2;
    }
    printf("%ld\n", seconds);
    return 0;
}
