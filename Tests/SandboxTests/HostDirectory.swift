// SPDX-License-Identifier: Apache-2.0
import Platform
import Synchronization
import TestSupport
import Testing

/// A directory of the host where filesystems can be mounted; both are gone when it is released.
final class HostDirectory: Sendable {
    /// Absolute; no other test takes it for what Tacit left mounted.
    let path: String
    private let mounted = Mutex<[String]>([])

    init() throws {
        path = "/var/step-test-\(try RandomBytes.system.hexadecimal(byteCount: 8))"
        try Directory.create(path, permissions: 0o755)
    }

    deinit {
        for path in mounted.withLock({ $0 }).reversed() {
            _ = try? Command(["umount", path]).run()
        }
        _ = try? Command(["rm", "-rf", "--one-file-system", path]).run()
    }

    func path(_ name: String) -> String { "\(path)/\(name)" }

    /// Writes a file, and the directories above it.
    func write(_ text: String, to name: String) throws {
        let file = path(name)
        if let slash = file.lastIndex(of: "/") {
            try Directory.create(String(file[..<slash]), permissions: 0o755)
        }
        let descriptor = try FileDescriptor.open(
            file,
            [.writeOnly, .create, .truncate],
            permissions: 0o644
        )
        try descriptor.write(text)
    }

    /// Mounts an empty tmpfs; the directory is made when it is missing.
    func mount(_ name: String, isShared: Bool = false) throws {
        let target = path(name)
        try Directory.create(target, permissions: 0o755)
        let outcome = try Command(["mount", "-t", "tmpfs", "step-test", target]).run()
        try #require(outcome.exitCode == 0, "\(outcome)")
        mounted.withLock { $0.append(target) }
        if isShared {
            try #require(Command(["mount", "--make-shared", target]).run().exitCode == 0)
        }
    }

    func unmount(_ name: String) throws {
        let target = path(name)
        try #require(Command(["umount", target]).run().exitCode == 0)
        mounted.withLock { $0.removeAll { $0 == target } }
    }
}
