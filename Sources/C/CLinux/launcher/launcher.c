// SPDX-License-Identifier: Apache-2.0
#include "launcher.h"
#include "CLinux.h"
#include "networks.h"
#include "staging.h"
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct launcher launcher;

// Names what an ordinary user's steps find read-only, as many as the reply holds.
static void send_bound_pieces(uint32_t id) {
    char names[1024];
    size_t used = 0;
    for (size_t i = 0; i < staging.piece_count; i++) {
        if (!staging.pieces[i].is_bound) continue;
        uint32_t length = (uint32_t)strlen(staging.pieces[i].name);
        if (used + sizeof length + length + 1 > sizeof names) break;
        memcpy(names + used, &length, sizeof length);
        memcpy(names + used + sizeof length, staging.pieces[i].name, length + 1);
        used += sizeof length + length + 1;
    }
    send_reply(launcher.socket, (struct header){(uint32_t)used, REPLY_DONE, id}, names, -1);
}

static void configure(uint32_t id, struct cursor *body) {
    uint64_t overlay_limit = take_u64(body);
    uint64_t memory_limit = take_u64(body);
    uint64_t process_limit = take_u64(body);
    uint32_t hidden_count = take_u32(body);
    int outcome = launcher.is_configured ? fail_with(EEXIST, "configure", "the launcher")
                                         : stage_world(hidden_count, body, overlay_limit);
    if (outcome < 0) {
        // A half-made world must start no step.
        if (!launcher.is_configured) launcher.setup_failure = failure;
        send_failure(launcher.socket, id, &failure);
    } else {
        launcher.is_configured = true;
        limit_resources(memory_limit, process_limit);
        send_bound_pieces(id);
    }
}

static void handle_request(const struct header *header, const int descriptors[DESCRIPTOR_LIMIT]) {
    struct cursor body = {launcher.buffer, launcher.buffer + header->length, false};
    if (launcher.setup_failure.code) {
        if (header->kind == REQUEST_PREPARE) return;
        send_failure(launcher.socket, header->id, &launcher.setup_failure);
        return;
    }
    switch (header->kind) {
    case REQUEST_CONFIGURE: configure(header->id, &body); break;
    case REQUEST_MOUNT_SECRETS: mount_secrets(header->id); break;
    case REQUEST_CREATE_TASK: create_task(header->id, &body); break;
    case REQUEST_OPEN_SOCKET: open_socket(header->id, &body); break;
    case REQUEST_REMOVE_TASK: remove_task(header->id, &body); break;
    case REQUEST_START: start_step(header, descriptors); break;
    case REQUEST_PREPARE: prepare_world(header); break;
    default:
        fail_with(EPROTO, "request", "unknown kind");
        send_failure(launcher.socket, header->id, &failure);
    }
}

// The end of the socket is the end of the runner: kill(2) of everything, then exit.
noreturn static void end_launcher(void) {
    kill_steps();
    remove_networks();
    leave_control_groups();
    _exit(0);
}

static void serve_request(void) {
    struct header header;
    int descriptors[DESCRIPTOR_LIMIT];
    if (!receive_header(launcher.socket, &header, descriptors)) end_launcher();
    if (header.length > MESSAGE_LIMIT) end_launcher();
    if (!receive_body(launcher.socket, launcher.buffer, header.length)) end_launcher();
    failure.code = 0;
    handle_request(&header, descriptors);
    explicit_bzero(launcher.buffer, header.length);
    for (int i = 0; i < DESCRIPTOR_LIMIT; i++)
        if (descriptors[i] >= 0) close(descriptors[i]);
}

static int set_up(int socket, pid_t parent, const struct clinux_id_maps *maps) {
    if (become_launcher(socket, parent, maps) < 0) return -1;
    launcher.buffer = map_locked(MESSAGE_LIMIT);
    if (!launcher.buffer) return fail("mmap", "the launcher's buffer");
    if (stage_namespace() < 0) return -1;
    if (launcher.is_user && stage_skeleton() < 0) return -1;
    return install_system_call_filter();
}

noreturn void run_launcher(int socket, pid_t parent, const struct clinux_id_maps *maps) {
    static struct pollfd entries[STEP_LIMIT + 1];
    if (set_up(socket, parent, maps) < 0) launcher.setup_failure = failure;
    if (!launcher.buffer) _exit(1);
    for (;;) {
        entries[0] = (struct pollfd){launcher.socket, POLLIN, 0};
        size_t count = poll_steps(entries + 1);
        if (poll(entries, count + 1, -1) < 0) continue;
        handle_steps(entries + 1, count);
        if (entries[0].revents) serve_request();
    }
}

int clinux_fork_launcher(int follows_parent, const struct clinux_id_maps *maps, int *descriptor) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0) return -1;
    pid_t parent = follows_parent ? getpid() : 0;
    pid_t child = _Fork();
    if (child == 0) run_launcher(ends[1], parent, maps);
    close(ends[1]);
    if (child < 0) close(ends[0]);
    else *descriptor = ends[0];
    return child;
}
