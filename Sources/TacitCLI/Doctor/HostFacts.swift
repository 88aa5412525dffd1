// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// What a host has and has not, as far as Tacit's steps need it.
struct HostFacts: Sendable {
    var userID: UInt32
    /// As uname(2) has it (`6.1.0-18-amd64`).
    var kernelRelease: String
    /// The effective capabilities, capabilities(7), as a bit set.
    var capabilities: UInt64
    /// Why /dev/fuse cannot be opened; `nil` when it can.
    var fuseProblem: Errno?
    /// Whether the kernel has, or can load, overlayfs.
    var hasOverlay: Bool
    /// How many user namespaces a user may make; 0 for none.
    var userNamespaceLimit: Int
    /// The sysctl that keeps ordinary users from making user namespaces, when one does.
    var userNamespaceBar: String?
    /// Bytes that may be locked; `nil` for no limit.
    var lockedMemoryLimit: UInt64?
    /// Whether newuidmap(1) is there and the user has subordinate ids.
    var hasSubordinateIDs: Bool
    /// Whether slirp4netns(1) or pasta(1) is there.
    var hasTranslator: Bool
    /// Why /dev/net/tun cannot be opened; `nil` when it can.
    var tunnelProblem: Errno?
    /// Whether cgroups are the unified hierarchy (v2).
    var hasUnifiedCgroups: Bool
    /// Whether the controllers of memory and pids are mounted by themselves (v1).
    var hasControllers: Bool
}

extension HostFacts {
    /// Looks at this host.
    init() {
        userID = CurrentProcess.userID
        kernelRelease = Self.line("/proc/sys/kernel/osrelease")
        capabilities = Self.effectiveCapabilities()
        fuseProblem = Self.problem(opening: "/dev/fuse")
        hasOverlay =
            Self.text("/proc/filesystems").split(whereSeparator: \.isWhitespace).contains("overlay")
            || FileStatus.isDirectory("/lib/modules/\(kernelRelease)/kernel/fs/overlayfs")
        userNamespaceLimit = Int(Self.line("/proc/sys/user/max_user_namespaces")) ?? 0
        let bars = [
            ("kernel.unprivileged_userns_clone", "0"),
            ("kernel.apparmor_restrict_unprivileged_userns", "1"),
        ]
        userNamespaceBar = bars.first { name, value in
            Self.line("/proc/sys/" + name.replacing(".", with: "/")) == value
        }.map { name, value in "\(name)=\(value == "0" ? "1" : "0")" }
        lockedMemoryLimit = CurrentProcess.lockedMemoryLimit()
        hasSubordinateIDs = SubordinateIDs(ofUser: userID) != nil
        hasTranslator = ["/usr/bin", "/usr/local/bin", "/bin"].contains { directory in
            ["slirp4netns", "pasta"].contains { (try? FileStatus(of: "\(directory)/\($0)")) != nil }
        }
        tunnelProblem = Self.problem(opening: "/dev/net/tun")
        hasControllers = ["memory", "pids"].allSatisfy {
            FileStatus.isDirectory("/sys/fs/cgroup/\($0)")
        }
        hasUnifiedCgroups = !Self.text("/sys/fs/cgroup/cgroup.controllers").isEmpty
    }

    private static func text(_ path: String) -> String {
        guard let file = try? FileDescriptor.open(path),
            let bytes = try? file.readToEnd(limit: 1 << 20)
        else { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func line(_ path: String) -> String {
        String(text(path).prefix { $0 != "\n" })
    }

    private static func problem(opening path: String) -> Errno? {
        do {
            _ = try FileDescriptor.open(path, .readWrite)
            return nil
        } catch {
            return error.code
        }
    }

    private static func effectiveCapabilities() -> UInt64 {
        let prefix = "CapEff:"
        let line = text("/proc/self/status").split(separator: "\n").first { $0.hasPrefix(prefix) }
        let digits = line?.dropFirst(prefix.count).drop(while: \.isWhitespace) ?? ""
        return UInt64(digits, radix: 16) ?? 0
    }
}
