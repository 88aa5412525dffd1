// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// A directory of a test's own, removed with all that is in it when the last holder lets go.
package final class TemporaryDirectory: Sendable {
    /// Absolute, without a slash at the end.
    package let path: String

    /// Makes it below /tmp, or below `parent`.
    package init(in parent: String = "/tmp") throws {
        path = "\(parent)/tacit-test-\(try RandomBytes.system.hexadecimal(byteCount: 8))"
        try Directory.create(path, permissions: 0o700)
    }

    deinit {
        if let removal = try? ChildProcess(["rm", "-rf", "--one-file-system", path]) {
            _ = removal.wait()
        }
    }

    /// The path of something in it.
    package func path(_ name: String) -> String { "\(path)/\(name)" }

    /// Writes a file, and the directories above it; returns its path.
    @discardableResult
    package func write(
        _ text: String,
        to name: String,
        permissions: UInt32 = 0o644
    ) throws -> String {
        let file = path(name)
        if let slash = file.lastIndex(of: "/") {
            try Directory.create(String(file[..<slash]), permissions: 0o755)
        }
        let descriptor = try FileDescriptor.open(
            file,
            [.writeOnly, .create, .truncate],
            permissions: permissions
        )
        try descriptor.write(text)
        return file
    }

    /// The bytes of a file in it, as UTF-8 text.
    package func read(_ name: String) throws -> String {
        let descriptor = try FileDescriptor.open(path(name))
        return String(decoding: try descriptor.readToEnd(), as: UTF8.self)
    }
}
