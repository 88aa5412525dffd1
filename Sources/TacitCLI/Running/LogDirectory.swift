// SPDX-License-Identifier: Apache-2.0
internal import Platform
internal import RunEngine
internal import Synchronization

/// `--log-dir`: one file a step, `DIR/<taskRun>/<step>.log`, with the redacted bytes as written.
///
/// Those of the last attempt; an earlier one's are in `DIR/<taskRun>.retry-<n>/`, where `n` is what the
/// steps saw as `$(context.task.retry-count)`.
///
/// A run's directory is held open from its start: a step that can write where it lies must not lead the
/// runner elsewhere by a link.
final class LogDirectory: Sendable {
    private let path: String
    private let opened = Mutex<[String: SharedDescriptor]>([:])
    private let written = Mutex<[WrittenLog]>([])

    private let byteLimit: Int

    /// A step whose log would grow beyond `byteLimit` is ended, and its run fails.
    init(path: String, byteLimit: Int = .max) {
        self.path = path
        self.byteLimit = byteLimit
    }

    /// Throws EEXIST when the directory of a run is there already.
    func check(taskRun: String) throws(SystemError) {
        let directory = "\(path)/\(taskRun)"
        if (try? FileStatus(of: directory, followingLinks: false)) != nil {
            throw SystemError("mkdir", on: directory, .exists)
        }
    }

    /// Makes the directory of a run (0700), which must not be there yet.
    func create(taskRun: String) throws(SystemError) {
        try check(taskRun: taskRun)
        try Directory.create("\(path)/\(taskRun)", permissions: 0o700)
        try hold(taskRun)
    }

    private func isHeld(_ taskRun: String) -> Bool { opened.withLock { $0[taskRun] != nil } }

    /// Gives the directory of an attempt another name, and makes an empty one.
    func keepAside(taskRun: String, attempt: Int) throws(SystemError) {
        // An attempt none of whose steps ran has none.
        guard isHeld(taskRun) else { return }
        try check(taskRun: "\(taskRun).retry-\(attempt)")
        try Directory.rename("\(path)/\(taskRun)", to: "\(path)/\(taskRun).retry-\(attempt)")
        try Directory.create("\(path)/\(taskRun)", permissions: 0o700)
        try hold(taskRun)
        let place = "\(path)/\(taskRun).retry-\(attempt)"
        written.withLock { logs in
            for index in logs.indices where logs[index].taskRun == taskRun {
                logs[index].taskRun = nil
                logs[index].place = place
            }
        }
    }

    /// The logs that have been written since the last call.
    func takeWritten() -> [WrittenLog] {
        written.withLock { logs in
            defer { logs = [] }
            return logs
        }
    }

    private func hold(_ taskRun: String) throws(SystemError) {
        let directory = try FileDescriptor.open("\(path)/\(taskRun)", [.directory, .noFollow])
        let shared = SharedDescriptor(directory)
        opened.withLock { $0[taskRun] = shared }
    }

    /// Opens the log of a step that starts (0600); with a run's first step, its directory.
    func sink(taskRun: String, step: String) throws(SystemError) -> LogFileSink {
        if !isHeld(taskRun) { try create(taskRun: taskRun) }
        guard let directory = opened.withLock({ $0[taskRun] }) else {
            preconditionFailure("a run's log directory was just made")
        }
        let log = WrittenLog(
            taskRun: taskRun,
            place: "\(path)/\(taskRun)",
            name: "\(step).log",
            directory: directory
        )
        let file = try directory.descriptor.openBeneath(
            log.name,
            [.writeOnly, .create, .exclusive, .append]
        )
        written.withLock { $0.append(log) }
        return LogFileSink(file, named: "\(path)/\(taskRun)/\(step).log", byteLimit: byteLimit)
    }
}

/// Writes a step's output to its log file.
final class LogFileSink: OutputSink {
    private let file: FileDescriptor
    private let name: String
    private let byteLimit: Int
    private let written = Atomic(0)

    init(_ file: consuming FileDescriptor, named name: String, byteLimit: Int) {
        self.file = file
        self.name = name
        self.byteLimit = byteLimit
    }

    func write(_ bytes: borrowing Span<UInt8>) throws {
        let before = written.wrappingAdd(bytes.count, ordering: .relaxed).oldValue
        if before + bytes.count > byteLimit {
            throw SystemError("write", on: "\(name), limited by `sizes.log`", .fileTooLarge)
        }
        try file.write(bytes)
    }

    func finish() throws {}
}
