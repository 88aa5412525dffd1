// SPDX-License-Identifier: Apache-2.0
internal import Compression
internal import Diagnostics
internal import Platform
internal import Redaction

/// Walks files and directories and looks for leaks in each file; gzip files are read decompressed.
struct AuditedFiles: ~Copyable {
    struct Leak: Sendable {
        let file: String
        let finding: LeakFinding
    }

    private static let chunkByteCount = 1 << 20

    private let audit: LeakAudit
    private var buffer = [UInt8](repeating: 0, count: chunkByteCount)
    private(set) var fileCount = 0
    private(set) var byteCount = 0
    /// What could not be read, and why.
    private(set) var failures: [String] = []

    init(_ audit: LeakAudit) {
        self.audit = audit
    }

    /// Looks at a file, at all below a directory, or at standard input (`-`).
    ///
    /// Links are followed only where they are named themselves. `report` is called for each leak, file by
    /// file, in the order of the file. Blocks.
    mutating func examine(_ path: String, _ report: (Leak) -> Void) {
        do {
            if path == "-" { return try examine(try FileDescriptor.standardInput(), path, report) }
            try examine(path, try FileStatus(of: path), report)
        } catch {
            failures.append("\(error)")
        }
    }

    private mutating func examine(
        _ path: String,
        _ status: FileStatus,
        _ report: (Leak) -> Void
    ) throws {
        switch status.kind {
        case .regular: try examine(try FileDescriptor.open(path), path, report)
        case .directory:
            for name in try Directory.names(in: path) {
                let below = path.hasSuffix("/") ? path + name : "\(path)/\(name)"
                do {
                    try examine(below, try FileStatus(of: below, followingLinks: false), report)
                } catch {
                    failures.append("\(error)")
                }
            }
        case .link, .other: break
        }
    }

    private mutating func examine(
        _ file: borrowing FileDescriptor,
        _ path: String,
        _ report: (Leak) -> Void
    ) throws {
        fileCount += 1
        var scanner = audit.scanner()
        func tell(_ finding: LeakFinding) { report(Leak(file: path, finding: finding)) }
        var count = try file.read(into: &buffer)
        if count > 1, buffer[0] == 0x1F, buffer[1] == 0x8B {
            var inflater = Inflater()
            while count > 0 {
                byteCount += count
                do throws(CompressionError) {
                    try inflater.inflate(buffer.span.extracting(..<count)) {
                        scanner.feed($0, tell)
                    }
                } catch {
                    failures.append("read `\(path)`: \(error)")
                    break
                }
                count = try file.read(into: &buffer)
            }
        } else {
            while count > 0 {
                byteCount += count
                scanner.feed(buffer.span.extracting(..<count), tell)
                count = try file.read(into: &buffer)
            }
        }
        scanner.finish(tell)
    }
}
