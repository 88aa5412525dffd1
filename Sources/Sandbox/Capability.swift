// SPDX-License-Identifier: Apache-2.0

/// Linux capabilities by their names without `CAP_`; capabilities(7) and linux/capability.h.
enum Capability {
    /// In the kernel's numbering.
    private static let names = [
        "CHOWN", "DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER", "FSETID", "KILL", "SETGID", "SETUID",
        "SETPCAP", "LINUX_IMMUTABLE", "NET_BIND_SERVICE", "NET_BROADCAST", "NET_ADMIN", "NET_RAW",
        "IPC_LOCK", "IPC_OWNER", "SYS_MODULE", "SYS_RAWIO", "SYS_CHROOT", "SYS_PTRACE",
        "SYS_PACCT", "SYS_ADMIN", "SYS_BOOT", "SYS_NICE", "SYS_RESOURCE", "SYS_TIME",
        "SYS_TTY_CONFIG", "MKNOD", "LEASE", "AUDIT_WRITE", "AUDIT_CONTROL", "SETFCAP",
        "MAC_OVERRIDE", "MAC_ADMIN", "SYSLOG", "WAKE_ALARM", "BLOCK_SUSPEND", "AUDIT_READ",
        "PERFMON", "BPF", "CHECKPOINT_RESTORE",
    ]

    /// What container runtimes leave to root by default, but for NET_RAW: with the host's network it would
    /// show a step what others say on the loopback interface.
    private static let containerDefaults = [
        "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "SETGID", "SETUID", "SETPCAP",
        "NET_BIND_SERVICE", "SYS_CHROOT", "MKNOD", "AUDIT_WRITE", "SETFCAP",
    ]

    private static let all: UInt64 = (1 << UInt64(names.count)) - 1

    /// The set of a step: a container's, with these added and then those taken away; bit N is number N.
    ///
    /// As a container runtime reads it: `ALL` among the dropped empties the defaults before the added
    /// ones come in.
    ///
    /// - Parameters:
    ///   - added: names; `ALL` is every one the kernel knows.
    ///   - dropped: names; they win over the added ones, except for `ALL`.
    /// - Returns: the set.
    /// - Throws: the first unknown name.
    static func set(
        adding added: [String],
        dropping dropped: [String]
    ) throws(UnknownCapability)
        -> UInt64
    {
        var set = dropped.contains("ALL") ? 0 : try mask(containerDefaults)
        set |= try mask(added)
        return set & ~(try mask(dropped.filter { $0 != "ALL" }))
    }

    /// A name that no kernel knows.
    struct UnknownCapability: Error {
        let name: String
    }

    private static func mask(_ wanted: [String]) throws(UnknownCapability) -> UInt64 {
        var mask: UInt64 = 0
        for name in wanted {
            if name == "ALL" {
                mask = all
            } else if let number = names.firstIndex(of: name) {
                mask |= 1 << UInt64(number)
            } else {
                throw UnknownCapability(name: name)
            }
        }
        return mask
    }
}
