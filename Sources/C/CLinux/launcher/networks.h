// SPDX-License-Identifier: Apache-2.0
// The networks of tasks that do not use the host's; see networks.c.
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

enum network_kind { HOST_NETWORK = 0, NO_NETWORK = 1, PRIVATE_NETWORK = 2 };

struct network {
    uint32_t task;
    int namespace;
    pid_t translator; // slirp4netns or pasta; 0 for a network without a way out
};

/// Makes what a task of this kind needs; -1 after recording the failure.
int create_network(uint32_t task, uint32_t kind);

/// The network of a task; NULL when it uses the host's.
const struct network *network_of(uint32_t task);

/// Ends the network of a task, if it has one, and the network of every task.
void remove_network(uint32_t task);
void remove_networks(void);

/// A TCP socket in the network of a task, to ask its ports; it does not block.
int open_network_socket(uint32_t task);

/// Raises the loopback interface of the calling process's network.
int raise_loopback(void);

/// Makes the addresses at which clouds give out a machine's identity unreachable in the calling process's
/// network, for whoever has no power over it; see routes.c.
int refuse_metadata_addresses(void);
