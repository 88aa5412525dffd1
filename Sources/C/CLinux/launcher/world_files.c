// SPDX-License-Identifier: Apache-2.0
// The files of /etc that a container runtime also writes: hosts, hostname and resolv.conf. They go straight
// into the writable layer; the directory is there already.
#include "launcher.h"
#include "mounts.h"
#include "networks.h"
#include "staging.h"
#include "step.h"
#include <fcntl.h>
#include <linux/openat2.h>
#include <string.h>
#include <unistd.h>

// A file being written; what it gets goes out in as few calls as possible.
struct text_file {
    int descriptor;
    const char *path;
    size_t used;
};

static char bytes[64 << 10];

static int begin(struct text_file *file, const char *path) {
    *file = (struct text_file){.path = path};
    file->descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0644);
    return file->descriptor < 0 ? fail("open", path) : 0;
}

static int flush(struct text_file *file) {
    size_t written = 0;
    while (written < file->used) {
        ssize_t count = write(file->descriptor, bytes + written, file->used - written);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return fail("write", file->path);
        written += (size_t)count;
    }
    file->used = 0;
    return 0;
}

static int append(struct text_file *file, const char *text) {
    size_t length = strlen(text);
    if (length > sizeof bytes) return fail_with(ENAMETOOLONG, "write", file->path);
    if (length > sizeof bytes - file->used && flush(file) < 0) return -1;
    memcpy(bytes + file->used, text, length);
    file->used += length;
    return 0;
}

static int finish(struct text_file *file, int outcome) {
    if (outcome == 0) outcome = flush(file);
    close(file->descriptor);
    return outcome;
}

// Appends what the host shows at `path`, wherever a link leads; nothing when there is nothing.
static int append_host_file(struct text_file *file, const char *path) {
    int from = open_resolved(staging.host, path, O_RDONLY, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS);
    if (from < 0) return 0;
    int outcome = 0;
    ssize_t count = 0;
    do {
        if (file->used == sizeof bytes) outcome = flush(file);
        if (outcome == 0) count = read(from, bytes + file->used, sizeof bytes - file->used);
        if (count > 0) file->used += (size_t)count;
    } while (outcome == 0 && count > 0);
    close(from);
    return outcome;
}

static int write_hosts(const char *hostname) {
    struct text_file file;
    if (begin(&file, "upper/etc/hosts") < 0) return -1;
    int outcome = append_host_file(&file, "etc/hosts");
    bool is_open_line = file.used > 0 && bytes[file.used - 1] != '\n';
    if (outcome == 0 && is_open_line) outcome = append(&file, "\n");
    if (outcome == 0) outcome = append(&file, "127.0.0.1\t");
    if (outcome == 0) outcome = append(&file, hostname);
    if (outcome == 0) outcome = append(&file, "\n");
    return finish(&file, outcome);
}

static int write_hostname(const char *hostname) {
    struct text_file file;
    if (begin(&file, "upper/etc/hostname") < 0) return -1;
    int outcome = append(&file, hostname);
    if (outcome == 0) outcome = append(&file, "\n");
    return finish(&file, outcome);
}

// A copy where the host's is a link into /run, which a step does not see, or a mount, which an overlay does not.
// A private network's name server is the translator, which asks the host's; what else the host says of names holds.
static int write_private_resolver(void) {
    struct text_file file;
    if (begin(&file, "upper/etc/resolv.conf") < 0) return -1;
    int outcome = append_host_file(&file, "etc/resolv.conf");
    size_t kept = 0;
    for (size_t at = 0; at < file.used;) {
        const char *end = memchr(bytes + at, '\n', file.used - at);
        size_t length = end ? (size_t)(end - bytes) + 1 - at : file.used - at;
        bool is_server = length > 10 && memcmp(bytes + at, "nameserver", 10) == 0;
        if (!is_server) memmove(bytes + kept, bytes + at, length);
        if (!is_server) kept += length;
        at += length;
    }
    file.used = kept;
    if (outcome == 0 && kept > 0 && bytes[kept - 1] != '\n') outcome = append(&file, "\n");
    if (outcome == 0) outcome = append(&file, "nameserver 10.0.2.3\n");
    return finish(&file, outcome);
}

static int write_resolver(const struct step *step) {
    struct text_file file;
    const struct network *network = network_of(step->task);
    if (network && network->translator) return write_private_resolver();
    if (!staging.copies_resolver) return 0;
    if (begin(&file, "upper/etc/resolv.conf") < 0) return -1;
    return finish(&file, append_host_file(&file, "etc/resolv.conf"));
}

// The directory exists already, and must look like the host's, as it lies above that.
static int copy_directory_attributes(void) {
    struct stat status;
    if (fstatat(staging.host, "etc", &status, 0) < 0) return 0;
    if (status.st_uid == 0 && status.st_gid == 0 && (status.st_mode & 07777) == 0755) return 0;
    if (chown("upper/etc", status.st_uid, status.st_gid) < 0) return fail("chown", "/etc");
    return chmod("upper/etc", status.st_mode & 07777) < 0 ? fail("chmod", "/etc") : 0;
}

int write_step_files(const struct step *step) {
    // An ordinary user owns what he writes; the host's owner is nobody he knows.
    if (!launcher.is_user && copy_directory_attributes() < 0) return -1;
    if (write_hosts(step->hostname) < 0 || write_hostname(step->hostname) < 0) return -1;
    return write_resolver(step);
}

// Binds a file of the writable layer over the one that a mount on /etc shows. Where that is a link into a place
// that worlds have for themselves, the file goes to where it leads.
static int cover_file(const char *name, int root) {
    char written[64] = "upper/etc/", path[4200] = "/etc/";
    struct stat status;
    if (lstat(strcat(written, name), &status) < 0) return 0;
    strcat(path, name);
    int place = open_resolved(root, path, O_PATH, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS);
    if (place < 0) {
        ssize_t length = readlinkat(root, path + 1, path + 5, 4096);
        // Neither there nor a link: nothing can be made in a read-only directory.
        if (length <= 0) return 0;
        path[5 + length] = 0;
        const char *target = path[5] == '/' ? path + 5 : path;
        place = open_or_create(root, target, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS, (struct creation){false, 0644});
    }
    if (place < 0) return -1;
    int file = clone_tree(AT_FDCWD, written, false);
    if (file >= 0) return attach_at(file, place, path);
    close(place);
    return -1;
}

int cover_step_files(int root) {
    static const char *const names[] = {"hosts", "hostname", "resolv.conf", NULL};
    if (!staging.etc_is_mounted) return 0;
    for (const char *const *name = names; *name; name++)
        if (cover_file(*name, root) < 0) return -1;
    return 0;
}
