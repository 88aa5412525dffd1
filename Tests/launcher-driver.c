// SPDX-License-Identifier: Apache-2.0
// Drives the launcher, built under the sanitizers, through a run and through malformed requests. Whatever they
// find ends the process that it is found in, which is seen here as an answer that does not come.
#define _GNU_SOURCE
#include "CLinux.h"
#include "protocol.h"
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int channel;
static char message[1 << 16];
static size_t used;
static uint32_t last_id;

static void fail_test(const char *what) {
    fprintf(stderr, "check-launcher: %s\n", what);
    exit(1);
}

static void put(const void *bytes, size_t count) {
    memcpy(message + used, bytes, count);
    used += count;
}
static void put_u32(uint32_t value) { put(&value, sizeof value); }
static void put_u64(uint64_t value) { put(&value, sizeof value); }
static void put_text(const char *text) {
    put_u32((uint32_t)strlen(text));
    put(text, strlen(text) + 1);
}

static void begin(void) { used = sizeof(struct header); }

static uint32_t send_request(uint32_t kind, const int *descriptors, int count) {
    struct header header = {(uint32_t)(used - sizeof header), kind, ++last_id};
    memcpy(message, &header, sizeof header);
    if (clinux_send(channel, message, used, descriptors, count) != (long)used) fail_test("send");
    return header.id;
}

static struct clinux_reply receive(uint32_t kind, const char *what) {
    struct clinux_reply reply;
    struct pollfd entry = {channel, POLLIN, 0};
    if (poll(&entry, 1, 20000) <= 0 || !clinux_receive(channel, &reply)) fail_test(what);
    if (reply.kind != kind) {
        fprintf(stderr, "kind %u, wanted %u: %.*s\n", reply.kind, kind, (int)reply.length - 8, reply.body + 8);
        fail_test(what);
    }
    return reply;
}

// The fields of a start up to its arguments; see step_request.c.
static void put_world(uint32_t prepared, uint32_t task, uint32_t user, const char *target) {
    put_u32(prepared), put_u32(task), put_u32(user != 0), put_u32(user != 0);
    put_u32(user), put_u32(user), put_u64(0x00000000a80405fb);
    put_text("task-pod"), put_text("/made/here");
    // An ordinary user without ranges has no groups to choose from.
    put_u32(geteuid() == 0);
    if (geteuid() == 0) put_u32(7);
    put_u32(0), put_u32(0);
    put_u32(2);
    put_u32(FROM_TASK_KIND), put_u32(0), put_u64(0), put_text(""), put_text("sub/path"), put_text(target);
    put_u32(TEMPORARY_KIND), put_u32(0), put_u64(1 << 20), put_text(""), put_text(""), put_text("/a/b/scratch");
}

static void put_command(const char *script) {
    put_u32(3), put_text("sh"), put_text("-c"), put_text(script);
    put_u32(1), put_text("PATH=/usr/bin:/bin");
}

static uint32_t exit_of(struct clinux_reply reply) {
    uint32_t value;
    memcpy(&value, reply.body + 4, sizeof value);
    return value;
}

static void run_step(uint32_t task, uint32_t user, const char *script, uint32_t code) {
    int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
    const int streams[] = {null, null};
    begin(), put_world(0, task, user, "/workspace"), put_command(script);
    send_request(5, streams, 2);
    close(receive(REPLY_STARTED, "a step starts").descriptor);
    if (exit_of(receive(REPLY_EXITED, "a step ends")) != code) fail_test(script);
    close(null);
}

static void send_garbage(unsigned int seed) {
    srand(seed);
    begin();
    for (int i = rand() % 64; i > 0; i--) put_u32(rand() % 3 ? (uint32_t)rand() % 5 : (uint32_t)rand());
    uint32_t kind = 5;
    send_request(kind, NULL, 0);
    receive(REPLY_FAILED, "garbage is refused");
}

static void create_task(uint32_t task, uint32_t network) {
    begin(), put_u32(task), put_u64(1 << 24), put_u32(network);
    send_request(3, NULL, 0);
    close(receive(REPLY_DONE, "a task is made").descriptor);
}

int main(void) {
    bool is_root = geteuid() == 0;
    struct clinux_id_maps alone = {0};
    pid_t launcher = clinux_fork_launcher(1, is_root ? NULL : &alone, &channel);
    if (launcher < 0) fail_test("fork");
    begin(), put_u64(1 << 26), put_u64(0), put_u64(1 << 20);
    put_u32(2), put_text("/var/lib/tacit"), put_text("/no/such/place");
    send_request(1, NULL, 0);
    receive(REPLY_DONE, "configure");
    begin(), send_request(2, NULL, 0);
    int fuse = receive(REPLY_DONE, "secrets").descriptor;
    for (uint32_t task = 1; task <= 3; task++) create_task(task, task == 2);
    for (uint32_t i = 0; i < 5; i++) run_step(1 + i % 3, is_root && i % 2 ? 1000 : 0, "exit 7", 7);
    run_step(1, 0, "unshare -Ur true; (setsid sleep 100 &); kill -9 $$", 9);
    for (unsigned int seed = 1; seed <= 200; seed++) send_garbage(seed);
    run_step(3, 0, "test -d /workspace && test $(pwd) = /made/here", 0);
    begin(), put_u32(2), send_request(7, NULL, 0);
    close(receive(REPLY_DONE, "a socket of a task's network").descriptor);
    for (uint32_t task = 1; task <= 3; task++) {
        begin(), put_u32(task), send_request(4, NULL, 0);
        receive(REPLY_DONE, "a task is removed");
    }
    close(fuse), close(channel);
    int status;
    if (waitpid(launcher, &status, 0) != launcher || status != 0) fail_test("the launcher's end");
    puts("check-launcher: nothing found");
    return 0;
}
