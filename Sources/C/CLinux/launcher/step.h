// SPDX-License-Identifier: Apache-2.0
// One step, from the launcher's request to its init's last word. Everything here runs in the init's own
// process, with its own copy of the launcher's memory.
#pragma once
#include "protocol.h"
#include <stdnoreturn.h>
#include <sys/types.h>

enum mount_source { FROM_HOST = 0, FROM_TASK = 1, FROM_SECRETS = 2, TEMPORARY = 3, FROM_TREE = 4 };

struct world_mount {
    uint32_t source_kind;
    bool is_read_only;
    uint64_t byte_limit; // of a temporary one, 0 for none; the number of another task's tree
    const char *source;
    const char *sub_path;
    const char *target;
    int tree; // once it is opened
    bool is_directory;
};

/// A decoded request; its texts point into the message.
struct step {
    uint32_t prepared; // the request that prepared its world; 0 for none
    uint32_t task;
    bool root_is_read_only;
    bool no_new_privileges;
    uint32_t user;
    uint32_t group;
    uint64_t capabilities; // bit N is capability N
    const char *hostname;
    const char *working_directory;
    uint32_t group_count;
    uint32_t *groups;
    uint32_t tool_path_count;
    const char **tool_paths;
    uint32_t mount_count;
    struct world_mount *mounts;
    char **arguments; // ended by NULL, as execve(2) wants them
    char **variables;
    int output;
    int error;
    int report; // where the init says how it went
};

enum report_kind { REPORT_STARTED, REPORT_NOT_EXECUTED, REPORT_FAILED, REPORT_EXITED, REPORT_SIGNALLED };

/// One record of the report pipe; written whole, as it is smaller than PIPE_BUF.
struct report {
    uint32_t kind;
    int32_t value; // an errno, an exit code or a signal
    struct failure reason;
};

/// Decodes a request; -1 when it is malformed or memory is short.
int decode_step(const char *body, uint32_t length, struct step *step);

/// Decodes the request for a world alone, which ends before the arguments.
int decode_world(const char *body, uint32_t length, struct step *step);

// The first fields of a request, which the launcher needs without the others.
uint32_t prepared_world(const char *body, uint32_t length);
uint32_t task_of(const char *body, uint32_t length);

/// Where a request's layers stand in it: their count, then each one's path.
struct cursor layers_of(const char *body, uint32_t length);

/// Makes the layers that a request names one directory, staging.layers, or takes the one that its task has; see
/// layers.c.
int stage_layers(const char *body, uint32_t length);

/// Lets go of a task's layers.
void forget_layers(uint32_t task);

/// Clones a process into new namespaces, where it builds the world that launcher.buffer asks for, and starts
/// the step. With `orders`, a socket, it builds the world and then waits there for the step. Returns its pid.
pid_t start_init(uint32_t length, struct step *step, int orders, int *pidfd);

/// Builds the world around the calling process, the first of its namespaces, and makes it its root, whose
/// descriptor it returns.
int build_world(const struct step *step);

/// What earlier steps have a say in: the working directory. Closes the root.
int enter_world(const struct step *step, int root);

/// Opens what the request mounts, and prepares its places in the writable layer; see world_mounts.c.
int open_mounts(const struct step *step);

/// Attaches the request's mounts below `root`; see world_mounts.c.
int attach_mounts(const struct step *step, int root);

/// Moves a prepared mount to its place in a directory of our own, where no link is.
struct fixture;
int move_staged(const struct fixture *fixture, int directory);

/// Attaches a filesystem in the root and returns it; closes it on failure. A negative one has failed already.
int attach_in_root(int filesystem, int root, const char *target);

/// Makes the root of an ordinary user's world and attaches it at /root; returns it. See world_user.c.
int mount_user_root(const struct step *step);

/// Makes every overlay of that root read-only, for a step that asked for such a root.
int make_user_root_read_only(void);

/// Makes the world's /dev; see world_devices.c.
int mount_devices(int root);

/// Writes the files of /etc that depend on the step; see world_files.c.
int write_step_files(const struct step *step);

/// Makes those files show where the host has a mount on /etc; after the host's mounts.
int cover_step_files(int root);

/// Is the world's pid 1 until the main process ends. `message` is wiped as soon as that has started.
noreturn void run_init(const struct step *step, char *message, uint32_t length);

/// Becomes the step's main process; called after vfork(2). Writes what stops it, a `struct failure`, to
/// `failures`, which is close-on-exec.
noreturn void become_step(const struct step *step, int failures);

/// Takes every other capability away from the calling process's bounding set, and all from its ambient one.
int limit_bounding_set(uint64_t capabilities);

/// Leaves the calling process these capabilities, as far as it has them, and nothing to inherit.
int keep_capabilities(uint64_t capabilities);
