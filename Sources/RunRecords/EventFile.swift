// SPDX-License-Identifier: Apache-2.0
package import Platform
package import Tekton

/// A run's event file: JSON Lines, only ever appended to.
///
/// A line is handed to the kernel before the call returns, so it outlives a `kill -9` of the runner. It is
/// not flushed to the disk line by line: a power loss may cost the last seconds.
package final class EventFile: RunObserver {
    private let file: FileDescriptor

    /// Creates the file, 0600; it must not exist.
    package init(creating path: String) throws(SystemError) {
        file = try FileDescriptor.open(path, [.writeOnly, .create, .exclusive, .append])
    }

    package func observe(_ event: RunEvent, line: borrowing Span<UInt8>) throws {
        try file.write(line)
    }
}
