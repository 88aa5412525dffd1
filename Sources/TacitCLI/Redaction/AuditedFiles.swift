// SPDX-License-Identifier: Apache-2.0
internal import Compression
internal import Diagnostics
internal import Platform
internal import Redaction

/// Walks files and directories and looks for leaks in each file; gzip and Zstandard files are read decompressed.
///
/// This thread reads, and as many others as there are processors examine what it has read.
struct AuditedFiles: ~Copyable {
    struct Leak: Sendable {
        let file: String
        let finding: LeakFinding
    }

    private struct Job: Sendable {
        let window: LeakWindow
        let file: Int
    }

    private struct Outcome: Sendable {
        let leaks: WindowLeaks
        let file: Int
    }

    private static let chunkByteCount = 1 << 20

    private let audit: LeakAudit
    private let workers: OrderedWorkers<Job, Outcome>
    private let report: (Leak) -> Void
    private var progress: (Int, Int) -> Void = { _, _ in }
    private var buffer = [UInt8](repeating: 0, count: chunkByteCount)
    private var files: [String] = []
    /// The file whose windows are coming back, and its places so far.
    private var current = -1
    private var places = LeakPlaces()
    private(set) var byteCount = 0
    /// What could not be read, and why.
    private(set) var failures: [String] = []

    var fileCount: Int { files.count }

    /// Makes ready.
    ///
    /// - Parameters:
    ///   - audit: says what is looked for.
    ///   - report: called for each leak, file by file, in the order of the file, on the thread that calls
    ///     `examine`.
    init(_ audit: LeakAudit, report: @escaping (Leak) -> Void) {
        self.audit = audit
        workers = OrderedWorkers("audit") { job in
            Outcome(leaks: audit.examine(job.window), file: job.file)
        }
        self.report = report
    }

    /// Looks at a file, at all below a directory, or at standard input (`-`); blocks.
    ///
    /// Links are followed only where they are named themselves. `progress` is told now and then how many files
    /// and bytes have been read. `finish` must be called at the end.
    mutating func examine(_ path: String, _ progress: @escaping (Int, Int) -> Void = { _, _ in }) {
        self.progress = progress
        do {
            if path == "-" { return try examine(try FileDescriptor.standardInput(), path) }
            try examine(path, try FileStatus(of: path))
        } catch {
            failures.append("\(error)")
        }
    }

    /// Looks at an open file, from where it stands on.
    mutating func examine(_ file: borrowing FileDescriptor, named name: String) {
        do { try examine(file, name) } catch { failures.append("\(error)") }
    }

    /// Waits for the rest of the reports.
    mutating func finish() {
        while let outcome = workers.take() { add(outcome) }
    }
}

extension AuditedFiles {
    private mutating func examine(_ path: String, _ status: FileStatus) throws {
        switch status.kind {
        case .regular: try examine(try FileDescriptor.open(path), path)
        case .directory:
            for name in try Directory.names(in: path) {
                let below = path.hasSuffix("/") ? path + name : "\(path)/\(name)"
                do {
                    try examine(below, try FileStatus(of: below, followingLinks: false))
                } catch {
                    failures.append("\(error)")
                }
            }
        case .link, .device, .other: break
        }
    }

    private mutating func examine(_ file: borrowing FileDescriptor, _ path: String) throws {
        files.append(path)
        var scanner = LeakScanner()
        defer { give(scanner.finish()) }
        var count = try file.read(into: &buffer)
        guard var decompressor = Decompressor.recognising(buffer.span.extracting(..<count)) else {
            while count > 0 {
                byteCount += count
                var windows: [LeakWindow] = []
                scanner.feed(buffer.span.extracting(..<count)) { windows.append($0) }
                for window in windows { give(window) }
                count = try file.read(into: &buffer)
            }
            return
        }
        while count > 0 {
            byteCount += count
            var windows: [LeakWindow] = []
            let failure: CompressionError?
            do throws(CompressionError) {
                try decompressor.decompress(buffer.span.extracting(..<count)) { piece in
                    scanner.feed(piece) { windows.append($0) }
                }
                failure = nil
            } catch {
                failure = error
            }
            for window in windows { give(window) }
            if let failure {
                failures.append("read `\(path)`: \(failure)")
                return
            }
            count = try file.read(into: &buffer)
        }
        if !decompressor.isAtEnd { failures.append("read `\(path)`: it is cut off") }
    }

    private mutating func give(_ window: LeakWindow) {
        if window.isSmall, workers.pendingCount == 0 {
            return add(Outcome(leaks: audit.examine(window), file: files.count - 1))
        }
        workers.give(Job(window: window, file: files.count - 1))
        while workers.pendingCount > workers.usefulCount, let outcome = workers.take() {
            add(outcome)
        }
        progress(files.count, byteCount)
    }

    private mutating func add(_ outcome: Outcome) {
        if outcome.file != current {
            current = outcome.file
            places = LeakPlaces()
        }
        let file = files[current]
        let report = report
        places.add(outcome.leaks) { report(Leak(file: file, finding: $0)) }
    }
}
