// SPDX-License-Identifier: Apache-2.0
// secretfs-reference DIRECTORY LOG BYTES: the yardstick for Tacit's secret filesystem. A low-level libfuse3
// server with one loop that serves DIRECTORY/secret, BYTES long, and for every open does what the real one
// does: it reads /proc/PID/exe and appends one line of 300 bytes to LOG before it answers.
//
// cc -O2 secretfs-reference.c $(pkg-config --cflags --libs fuse3) -o secretfs-reference
#define _GNU_SOURCE
#define FUSE_USE_VERSION 312
#include <errno.h>
#include <fcntl.h>
#include <fuse3/fuse_lowlevel.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { root = FUSE_ROOT_ID, secret = 2, line_size = 300 };
static const double timeout = 3600;

static int log_file;
static char *value;
static size_t value_size;

static int fill(fuse_ino_t inode, struct stat *status) {
    memset(status, 0, sizeof *status);
    status->st_ino = inode;
    status->st_nlink = 1;
    if (inode == root) {
        status->st_mode = S_IFDIR | 0755;
        return 1;
    }
    status->st_mode = S_IFREG | 0644;
    status->st_size = (off_t)value_size;
    return inode == secret;
}

static void look_up(fuse_req_t request, fuse_ino_t parent, const char *name) {
    struct fuse_entry_param entry = {.ino = secret, .attr_timeout = timeout, .entry_timeout = timeout};
    if (parent != root || strcmp(name, "secret") != 0) {
        fuse_reply_err(request, ENOENT);
        return;
    }
    fill(secret, &entry.attr);
    fuse_reply_entry(request, &entry);
}

static void get_attributes(fuse_req_t request, fuse_ino_t inode, struct fuse_file_info *file) {
    (void)file;
    struct stat status;
    if (fill(inode, &status))
        fuse_reply_attr(request, &status, timeout);
    else
        fuse_reply_err(request, ENOENT);
}

/// Appends the line; returns 0 when it cannot be written.
static int record(const struct fuse_ctx *caller) {
    char path[32], executable[4096], line[line_size + 4096];
    snprintf(path, sizeof path, "/proc/%d/exe", caller->pid);
    ssize_t length = readlink(path, executable, sizeof executable - 1);
    executable[length < 0 ? 0 : length] = 0;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    int count = snprintf(line, sizeof line, "{\"time\":%ld.%09ld,\"pid\":%d,\"uid\":%u,\"executable\":\"%s\"}",
                         (long)now.tv_sec, now.tv_nsec, caller->pid, caller->uid, executable);
    if (count < line_size - 1) memset(line + count, ' ', (size_t)(line_size - 1 - count));
    line[line_size - 1] = '\n';
    return write(log_file, line, line_size) == line_size;
}

static void open_file(fuse_req_t request, fuse_ino_t inode, struct fuse_file_info *file) {
    if (inode != secret || (file->flags & O_ACCMODE) != O_RDONLY) {
        fuse_reply_err(request, EROFS);
        return;
    }
    if (!record(fuse_req_ctx(request))) {
        fuse_reply_err(request, EIO);
        return;
    }
    file->direct_io = 1;
    fuse_reply_open(request, file);
}

static void read_file(fuse_req_t request, fuse_ino_t inode, size_t size, off_t offset,
                      struct fuse_file_info *file) {
    (void)inode, (void)file;
    size_t start = (size_t)offset < value_size ? (size_t)offset : value_size;
    size_t left = value_size - start;
    fuse_reply_buf(request, value + start, size < left ? size : left);
}

static const struct fuse_lowlevel_ops operations = {
    .lookup = look_up, .getattr = get_attributes, .open = open_file, .read = read_file};

int main(int count, char **arguments) {
    if (count != 4) {
        fprintf(stderr, "usage: %s DIRECTORY LOG BYTES\n", arguments[0]);
        return 2;
    }
    log_file = open(arguments[2], O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    value_size = strtoul(arguments[3], NULL, 10);
    value = malloc(value_size + 1);
    if (log_file < 0 || !value) {
        perror(arguments[2]);
        return 1;
    }
    memset(value, 'x', value_size);
    char *options[] = {arguments[0], "-o", "ro,nosuid,nodev,allow_other,default_permissions,fsname=reference", NULL};
    struct fuse_args parsed = FUSE_ARGS_INIT(3, options);
    struct fuse_session *session = fuse_session_new(&parsed, &operations, sizeof operations, NULL);
    if (!session || fuse_session_mount(session, arguments[1]) != 0) return 1;
    fuse_set_signal_handlers(session);
    int outcome = fuse_session_loop(session);
    fuse_session_unmount(session);
    fuse_session_destroy(session);
    return outcome < 0;
}
