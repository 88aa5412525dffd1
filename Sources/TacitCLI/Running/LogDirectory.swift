// SPDX-License-Identifier: Apache-2.0
internal import Platform
internal import RunEngine

/// `--log-dir`: one file a step, `DIR/<taskRun>/<step>.log`, with the redacted bytes as written.
///
/// Those of the last attempt; an earlier one's are in `DIR/<taskRun>.retry-<n>/`, where `n` is what the
/// steps saw as `$(context.task.retry-count)`.
struct LogDirectory: Sendable {
    var path: String

    /// Makes the directory of a run (0700), which must not be there yet.
    func create(taskRun: String) throws(SystemError) {
        let directory = "\(path)/\(taskRun)"
        if (try? FileStatus(of: directory, followingLinks: false)) != nil {
            throw SystemError("mkdir", on: directory, .exists)
        }
        try Directory.create(directory, permissions: 0o700)
    }

    /// Gives the directory of an attempt another name, and makes an empty one.
    func keepAside(taskRun: String, attempt: Int) throws(SystemError) {
        let aside = "\(path)/\(taskRun).retry-\(attempt)"
        if (try? FileStatus(of: aside, followingLinks: false)) != nil {
            throw SystemError("rename", on: aside, .exists)
        }
        try Directory.rename("\(path)/\(taskRun)", to: aside)
        try Directory.create("\(path)/\(taskRun)", permissions: 0o700)
    }

    /// Opens the log of a step that starts (0600).
    func sink(taskRun: String, step: String) throws(SystemError) -> LogFileSink {
        LogFileSink(
            try FileDescriptor.open(
                "\(path)/\(taskRun)/\(step).log",
                [.writeOnly, .create, .exclusive, .append, .noFollow]
            )
        )
    }
}

/// Writes a step's output to its log file.
final class LogFileSink: OutputSink {
    private let file: FileDescriptor

    init(_ file: consuming FileDescriptor) {
        self.file = file
    }

    func write(_ bytes: borrowing Span<UInt8>) throws {
        try file.write(bytes)
    }

    func finish() throws {}
}
