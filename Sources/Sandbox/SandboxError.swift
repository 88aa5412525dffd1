// SPDX-License-Identifier: Apache-2.0
package import Platform

/// Why a step's world could not be built.
package struct SandboxError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was attempted, in words (`mounting the secret filesystem`).
    package let operation: String
    package let cause: SystemError
    /// What the user can do about it; empty when nothing is known.
    package let remedy: String

    package init(_ operation: String, _ cause: SystemError, remedy: String = "") {
        self.operation = operation
        self.cause = cause
        self.remedy = remedy
    }

    package var description: String {
        "\(operation): \(cause)" + (remedy.isEmpty ? "" : "; \(remedy)")
    }
}

extension SandboxError {
    /// What helps against the kernel's usual refusals; empty for the others.
    static func remedy(for cause: SystemError) -> String {
        switch (cause.operation, cause.subject, cause.code) {
        case ("open", "/dev/fuse", .notFound), ("fsopen", "fuse", _):
            "load the kernel's FUSE module: modprobe fuse"
        case ("fsopen", "overlay", _): "load the kernel's overlay module: modprobe overlay"
        case ("open", "/dev/fuse", .accessDenied), ("open", "/dev/fuse", .notPermitted):
            "open it to every user, as distributions do: run `chmod 0666 /dev/fuse` as root"
        case ("execve", "slirp4netns", .notFound), ("execve", "pasta", .notFound):
            "a network of its own needs slirp4netns, or pasta: run `apt-get install slirp4netns` as root, or choose "
                + "`--network none`"
        case ("slirp4netns", _, _), ("pasta", _, _):
            "it needs /dev/net/tun, open to every user: run `modprobe tun` and `chmod 0666 /dev/net/tun` "
                + "as root"
        case ("unshare", "a user namespace", _):
            "this host gives ordinary users no user namespaces: `tacit doctor` tells the command that "
                + "mends it, or run tacit as root"
        case ("unshare", _, .notPermitted), ("pivot_root", _, .notPermitted):
            "run tacit as root, outside of a container without CAP_SYS_ADMIN"
        case ("setresuid", _, .invalidArgument), ("setresgid", _, .invalidArgument),
            ("setgroups", _, _):
            "an ordinary user's steps can be other users only where `newuidmap` has a range for him: "
                + "see `tacit doctor`"
        case ("fsconfig", "proc", _), ("fsmount", "proc", _):
            "in a container that hides parts of /proc, ordinary users cannot make steps' worlds: run "
                + "tacit as root there"
        case ("fsconfig", let subject, .invalidArgument) where subject.hasPrefix("overlay"):
            "the kernel's log (dmesg) has the reason; in a container whose root is an overlay, images "
                + "cannot have layers"
        default: ""
        }
    }
}
