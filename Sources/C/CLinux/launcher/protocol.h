// SPDX-License-Identifier: Apache-2.0
// What the runner and the launcher say to each other over a stream socket pair: a header, then `length`
// bytes, in the machine's byte order. Sandbox/LauncherRequest.swift and LauncherReply.swift are the other side.
#pragma once
#include "failure.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum request_kind {
    REQUEST_CONFIGURE = 1,
    REQUEST_MOUNT_SECRETS = 2,
    REQUEST_CREATE_TASK = 3,
    REQUEST_REMOVE_TASK = 4,
    REQUEST_START = 5,
    REQUEST_PREPARE = 6, // has no reply
    REQUEST_OPEN_SOCKET = 7,
};

enum reply_kind {
    REPLY_DONE = 1,    // nothing, or a descriptor
    REPLY_FAILED = 2,  // errno, operation, subject
    REPLY_STARTED = 3, // the init's pid, and its pidfd
    REPLY_EXITED = 4,  // enum exit_kind, its value
};

enum exit_kind {
    EXIT_CODE = 1,
    EXIT_SIGNAL = 2,
    EXIT_NOT_EXECUTED = 3, // the value is execve's errno
};

/// The kernel takes at most a quarter of the stack limit (2 MiB by default, 6 MiB at most) as arguments
/// and environment, so nothing larger can be started anyway.
enum { MESSAGE_LIMIT = 16 << 20, DESCRIPTOR_LIMIT = 2 };

struct header {
    uint32_t length;
    uint32_t kind;
    uint32_t id;
};

/// Reads a message's fields in order. After a read beyond the end `is_broken` is set and everything is 0.
struct cursor {
    const char *next;
    const char *end;
    bool is_broken;
};

uint32_t take_u32(struct cursor *cursor);
uint64_t take_u64(struct cursor *cursor);

/// A text: its length (u32), its bytes, a NUL that is not counted. The result points into the message.
const char *take_text(struct cursor *cursor);

/// Reads a header and the descriptors that came with it; those not sent are -1. False at the end.
bool receive_header(int socket, struct header *header, int descriptors[DESCRIPTOR_LIMIT]);

/// Reads exactly `length` bytes; false at the end.
bool receive_body(int socket, void *body, size_t length);

/// Hands a message on with its descriptors, as receive_header takes them; false when the other side is gone.
bool forward_message(
    int socket, const struct header *header, const void *body, const int descriptors[DESCRIPTOR_LIMIT]);

/// Sends a reply of up to 1 KiB; `descriptor` is -1 for none.
void send_reply(int socket, struct header header, const void *body, int descriptor);

/// Sends what `failure` says as the reply to a request.
void send_failure(int socket, uint32_t id, const struct failure *reason);
