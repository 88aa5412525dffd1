// SPDX-License-Identifier: Apache-2.0
// The launcher: one thread, no allocation, no lock. It is forked without the C library's fork handlers, so
// it may come from a process with threads (a test), and calls nothing that such a child must not call.
#pragma once
#include "protocol.h"
#include <stdnoreturn.h>
#include <sys/types.h>

struct clinux_id_maps;

/// What the launcher is.
struct launcher {
    int socket;       // to the runner
    int self;         // its own pidfd: readable, in an init, once the launcher is dead
    char *buffer;     // the body of the message being handled: locked, not in core dumps
    bool is_configured;
    bool is_user;       // in a user namespace of an ordinary user
    bool has_id_ranges; // which has more users and groups than his own
    uint64_t process_memory; // a limit of each process, where no control group holds all together; else 0
    uint64_t user_processes; // the same of how many there may be
    struct failure setup_failure; // answers every request when the launcher could not be set up
};

extern struct launcher launcher;

/// Answers requests until the runner is gone, then kills every step and exits. `parent` is the runner's pid when
/// the launcher is to die with the thread that forked it, else 0. `maps` is NULL for root.
noreturn void run_launcher(int socket, pid_t parent, const struct clinux_id_maps *maps);

/// Makes the calling process root of a new user namespace; see user_namespace.c.
int enter_user_namespace(const struct clinux_id_maps *maps);

/// Whether nothing but the C library stands behind what the launcher calls; looks at the environment.
bool can_release_libraries(void);

/// Unmaps what the runner is linked with and the launcher needs nothing of; see libraries.c.
void release_libraries(void);

/// Memory for messages: locked as its pages are touched, as far as the limit allows, and not in core dumps.
/// NULL when there is none.
void *map_locked(size_t size);

/// Makes the calling process fit to be a launcher: detached, unreadable, closed. See process.c.
int become_launcher(int socket, pid_t parent, const struct clinux_id_maps *maps);

/// Closes every descriptor but those given (`count` at most 8; negative ones do not count).
void close_others(const int *kept, size_t count);

/// Bounds what the launcher and all steps may take together, 0 for what is usual; see control_groups.c.
void limit_resources(uint64_t memory, uint64_t processes);

/// Leaves the control groups that this made, once no step is left.
void leave_control_groups(void);

/// Installs the list of refused system calls, for this process and all it starts.
int install_system_call_filter(void);

// The requests: each sends its reply.
void mount_secrets(uint32_t id);
void create_task(uint32_t id, struct cursor *body);
void remove_task(uint32_t id, struct cursor *body);
void open_socket(uint32_t id, struct cursor *body);
void start_step(const struct header *header, const int descriptors[DESCRIPTOR_LIMIT]);

/// Begins to build a world for a step that is yet to come: at most one a task, an earlier one is dropped. Has
/// no reply. Where it fails, the step's start builds the world.
void prepare_world(const struct header *header);

/// Takes back a task's prepared world; returns when nothing is left of it and of the steps that have ended.
void settle_task(uint32_t task);

// The steps that run; see steps.c.
struct pollfd;

/// Adds what to wait for, one entry a step, and returns how many.
size_t poll_steps(struct pollfd *entries);

/// Handles what poll(2) found, in the same order.
void handle_steps(const struct pollfd *entries, size_t count);

/// Kills every step and returns when nothing of them is left.
void kill_steps(void);

enum { STEP_LIMIT = 1024 };
