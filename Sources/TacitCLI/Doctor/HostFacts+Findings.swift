// SPDX-License-Identifier: Apache-2.0
internal import Platform

extension HostFacts {
    /// What the facts mean for Tacit, in the order in which it matters.
    var findings: [HostFinding] {
        [kernel, privilege, overlay, fuse, lockedMemory] + (userID == 0 ? [] : [subordinateIDs])
            + [cgroups, privateNetwork, metadataService]
    }

    private var kernel: HostFinding {
        let numbers = kernelRelease.split { !$0.isWholeNumber }.prefix(2).compactMap { Int($0) }
        let isRecent = numbers.count == 2 && (numbers[0], numbers[1]) >= (5, 12)
        if isRecent { return HostFinding(.ok, "kernel \(kernelRelease)") }
        return HostFinding(
            .missing,
            "kernel \(kernelRelease) is older than 5.12",
            remedy: "install a newer kernel: `apt-get install linux-image-amd64`, then reboot"
        )
    }

    /// Root with CAP_SYS_ADMIN, or user namespaces.
    private var privilege: HostFinding {
        if userID == 0 {
            // CAP_SYS_ADMIN is bit 21.
            if capabilities >> 21 & 1 == 1 { return HostFinding(.ok, "root, with CAP_SYS_ADMIN") }
            return HostFinding(
                .missing,
                "root without CAP_SYS_ADMIN, as in a container",
                remedy: "start the container with `--privileged`, or run as an ordinary user"
            )
        }
        if userNamespaceLimit == 0 {
            return HostFinding(
                .missing,
                "user namespaces are off",
                remedy: "run `sysctl -w user.max_user_namespaces=15000` as root"
            )
        }
        if let userNamespaceBar {
            return HostFinding(
                .missing,
                "ordinary users may not make user namespaces",
                remedy: "run `sysctl -w \(userNamespaceBar)` as root"
            )
        }
        return HostFinding(.ok, "user namespaces for ordinary users")
    }

    private var overlay: HostFinding {
        if hasOverlay { return HostFinding(.ok, "overlayfs") }
        return HostFinding(
            .missing,
            "the kernel has no overlayfs",
            remedy: "run `modprobe overlay` as root"
        )
    }

    private var fuse: HostFinding {
        switch fuseProblem {
        case nil: HostFinding(.ok, "/dev/fuse")
        case .accessDenied?, .notPermitted?:
            HostFinding(
                .missing,
                "/dev/fuse may not be opened",
                remedy: "run `chmod 0666 /dev/fuse` as root"
            )
        case let problem?:
            HostFinding(.missing, "/dev/fuse: \(problem)", remedy: "run `modprobe fuse` as root")
        }
    }

    private var lockedMemory: HostFinding {
        let needed: UInt64 = 64 << 20
        // CAP_IPC_LOCK, bit 14, knows no limit.
        guard let limit = lockedMemoryLimit, limit < needed, capabilities >> 14 & 1 == 0 else {
            return HostFinding(.ok, "memory for secrets can be locked")
        }
        return HostFinding(
            .note,
            "only \(limit >> 10) KiB of memory can be locked; what is beyond may be swapped out",
            remedy: "`ulimit -l 65536`, or `LimitMEMLOCK=64M` in the unit"
        )
    }

    private var subordinateIDs: HostFinding {
        if hasSubordinateIDs { return HostFinding(.ok, "newuidmap and subordinate ids") }
        return HostFinding(
            .note,
            "no newuidmap or no range in /etc/subuid: `runAsUser` is refused",
            remedy:
                "run `apt-get install uidmap` and `usermod --add-subuids 100000-165535 USER` as root"
        )
    }

    private var cgroups: HostFinding {
        if hasUnifiedCgroups && userID == 0 { return HostFinding(.ok, "cgroups v2") }
        if hasControllers && userID == 0 { return HostFinding(.ok, "cgroups v1") }
        if userID != 0 {
            return HostFinding(
                .note,
                "an ordinary user's limits of memory and processes hold for each process, unless control "
                    + "groups are delegated",
                remedy: hasUnifiedCgroups
                    ? "`systemd-run --user --scope -p Delegate=yes tacit run ...`" : nil
            )
        }
        return HostFinding(
            .note,
            "no memory and pids control groups: limits hold for each process alone"
        )
    }

    private var privateNetwork: HostFinding {
        if !hasTranslator {
            return HostFinding(
                .note,
                "no slirp4netns or pasta: `--network private` cannot be had",
                remedy: "run `apt-get install slirp4netns` as root"
            )
        }
        if tunnelProblem != nil {
            return HostFinding(
                .note,
                "/dev/net/tun may not be opened: `--network private` cannot be had",
                remedy: "run `modprobe tun` and `chmod 0666 /dev/net/tun` as root"
            )
        }
        return HostFinding(.ok, "slirp4netns or pasta for networks of a TaskRun's own")
    }

    private var metadataService: HostFinding {
        HostFinding(
            .note,
            "steps use the host's network: on a cloud machine they reach its metadata service"
                + " (169.254.169.254), and with it the machine's identity; not with `--network private`"
        )
    }
}
