// SPDX-License-Identifier: Apache-2.0
#include "protocol.h"
#include "CLinux.h"
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

union control {
    struct cmsghdr header;
    char bytes[CMSG_SPACE(sizeof(int) * DESCRIPTOR_LIMIT)];
};

static const void *take(struct cursor *cursor, size_t size) {
    if (cursor->is_broken || (size_t)(cursor->end - cursor->next) < size) {
        cursor->is_broken = true;
        return NULL;
    }
    const void *field = cursor->next;
    cursor->next += size;
    return field;
}

uint32_t take_u32(struct cursor *cursor) {
    uint32_t value = 0;
    const void *field = take(cursor, sizeof value);
    if (field) memcpy(&value, field, sizeof value);
    return value;
}

uint64_t take_u64(struct cursor *cursor) {
    uint64_t value = 0;
    const void *field = take(cursor, sizeof value);
    if (field) memcpy(&value, field, sizeof value);
    return value;
}

const char *take_text(struct cursor *cursor) {
    uint32_t length = take_u32(cursor);
    const char *text = take(cursor, (size_t)length + 1);
    if (!text) return "";
    if (text[length] != 0) cursor->is_broken = true;
    return text[length] ? "" : text;
}

static void take_descriptors(struct msghdr *message, int descriptors[DESCRIPTOR_LIMIT]) {
    for (int i = 0; i < DESCRIPTOR_LIMIT; i++) descriptors[i] = -1;
    struct cmsghdr *control = CMSG_FIRSTHDR(message);
    if (!control || control->cmsg_level != SOL_SOCKET || control->cmsg_type != SCM_RIGHTS) return;
    memcpy(descriptors, CMSG_DATA(control), control->cmsg_len - CMSG_LEN(0));
}

bool receive_header(int socket, struct header *header, int descriptors[DESCRIPTOR_LIMIT]) {
    union control control;
    struct iovec part = {header, sizeof *header};
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    ssize_t count;
    do count = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    while (count < 0 && errno == EINTR);
    if (count <= 0) return false;
    take_descriptors(&message, descriptors);
    return receive_body(socket, (char *)header + count, sizeof *header - (size_t)count);
}

bool receive_body(int socket, void *body, size_t length) {
    char *next = body;
    while (length > 0) {
        ssize_t count = read(socket, next, length);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return false;
        next += count;
        length -= (size_t)count;
    }
    return true;
}

static void put_descriptors(
    struct msghdr *message, union control *control, const int *descriptors, int count) {
    size_t size = (size_t)count * sizeof *descriptors;
    message->msg_control = control;
    message->msg_controllen = CMSG_SPACE(size);
    control->header.cmsg_level = SOL_SOCKET;
    control->header.cmsg_type = SCM_RIGHTS;
    control->header.cmsg_len = CMSG_LEN(size);
    memcpy(CMSG_DATA(&control->header), descriptors, size);
}

static bool send_all(int socket, struct msghdr *message) {
    struct iovec *part = message->msg_iov;
    while (part->iov_len > 0) {
        ssize_t count = sendmsg(socket, message, MSG_NOSIGNAL);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return false;
        part->iov_base = (char *)part->iov_base + count;
        part->iov_len -= (size_t)count;
        message->msg_control = NULL;
        message->msg_controllen = 0;
    }
    return true;
}

void send_reply(int socket, struct header header, const void *body, int descriptor) {
    char bytes[sizeof header + 1024];
    union control control = {0};
    struct iovec part = {bytes, sizeof header + header.length};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    memcpy(bytes, &header, sizeof header);
    if (header.length) memcpy(bytes + sizeof header, body, header.length);
    if (descriptor >= 0) put_descriptors(&message, &control, &descriptor, 1);
    // A reply that is lost would be waited for: no other comes then, and the end of the socket tells the runner.
    if (!send_all(socket, &message)) shutdown(socket, SHUT_RDWR);
}

bool forward_message(
    int socket, const struct header *header, const void *body, const int descriptors[DESCRIPTOR_LIMIT]) {
    union control control = {0};
    struct header copy = *header;
    struct iovec part = {&copy, sizeof copy};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    if (descriptors[0] >= 0) {
        int count = descriptors[1] >= 0 ? 2 : 1;
        put_descriptors(&message, &control, descriptors, count);
    }
    if (!send_all(socket, &message)) return false;
    part = (struct iovec){(void *)body, header->length};
    return send_all(socket, &message);
}

static char *put_text(char *to, const char *text) {
    uint32_t length = (uint32_t)strlen(text);
    memcpy(to, &length, sizeof length);
    memcpy(to + sizeof length, text, length + 1);
    return to + sizeof length + length + 1;
}

void send_failure(int socket, uint32_t id, const struct failure *reason) {
    char body[1024];
    uint32_t code = (uint32_t)reason->code;
    memcpy(body, &code, sizeof code);
    char *end = put_text(put_text(body + sizeof code, reason->operation), reason->subject);
    send_reply(socket, (struct header){(uint32_t)(end - body), REPLY_FAILED, id}, body, -1);
}

long clinux_send(
    int socket, const void *bytes, unsigned long count, const int *descriptors, int descriptor_count) {
    union control control = {0};
    struct iovec part = {(void *)bytes, count};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    if (descriptor_count > DESCRIPTOR_LIMIT) return errno = EINVAL, -1;
    if (descriptor_count > 0) put_descriptors(&message, &control, descriptors, descriptor_count);
    ssize_t sent;
    do sent = sendmsg(socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    while (sent < 0 && errno == EINTR);
    return sent;
}

int clinux_receive(int socket, struct clinux_reply *reply) {
    struct header header;
    int descriptors[DESCRIPTOR_LIMIT];
    if (!receive_header(socket, &header, descriptors)) return 0;
    if (header.length > sizeof reply->body) return 0;
    reply->kind = header.kind;
    reply->id = header.id;
    reply->length = header.length;
    reply->descriptor = descriptors[0];
    return receive_body(socket, reply->body, header.length);
}
