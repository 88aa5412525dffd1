// SPDX-License-Identifier: Apache-2.0
// The files of /etc that a container runtime also writes: hosts, hostname and resolv.conf. They go straight
// into the writable layer; the directory is there already.
#include "mounts.h"
#include "staging.h"
#include "step.h"
#include <fcntl.h>
#include <linux/openat2.h>
#include <string.h>
#include <unistd.h>

static int write_all(int file, const char *bytes, size_t length, const char *subject) {
    while (length > 0) {
        ssize_t count = write(file, bytes, length);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return fail("write", subject);
        bytes += count;
        length -= (size_t)count;
    }
    return 0;
}

static int create(const char *path) {
    int file = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0644);
    return file < 0 ? fail("open", path) : file;
}

// Copies what the host shows at `path`, wherever a link leads; nothing when there is nothing. `*last` is the
// last byte.
static int copy_host_file(const char *path, int to, char *last) {
    char bytes[8192];
    int from = open_resolved(staging.host, path, O_RDONLY, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS);
    if (from < 0) return 0;
    ssize_t count;
    while ((count = read(from, bytes, sizeof bytes)) > 0) {
        *last = bytes[count - 1];
        if (write_all(to, bytes, (size_t)count, path) < 0) break;
    }
    close(from);
    return count > 0 ? -1 : 0;
}

static int write_hosts(const char *hostname) {
    char last = '\n';
    int file = create("upper/etc/hosts");
    if (file < 0) return -1;
    int outcome = copy_host_file("etc/hosts", file, &last);
    if (outcome == 0 && last != '\n') outcome = write_all(file, "\n", 1, "etc/hosts");
    if (outcome == 0) outcome = write_all(file, "127.0.0.1\t", 10, "etc/hosts");
    if (outcome == 0) outcome = write_all(file, hostname, strlen(hostname), "etc/hosts");
    if (outcome == 0) outcome = write_all(file, "\n", 1, "etc/hosts");
    close(file);
    return outcome;
}

static int write_hostname(const char *hostname) {
    int file = create("upper/etc/hostname");
    if (file < 0) return -1;
    int outcome = write_all(file, hostname, strlen(hostname), "etc/hostname");
    if (outcome == 0) outcome = write_all(file, "\n", 1, "etc/hostname");
    close(file);
    return outcome;
}

// A copy, because the host's is often a link into /run, which a step does not see.
static int write_resolver(void) {
    char last;
    int file = create("upper/etc/resolv.conf");
    if (file < 0) return -1;
    int outcome = copy_host_file("etc/resolv.conf", file, &last);
    close(file);
    return outcome;
}

int write_step_files(const struct step *step) {
    if (write_hosts(step->hostname) < 0 || write_hostname(step->hostname) < 0) return -1;
    return write_resolver();
}
