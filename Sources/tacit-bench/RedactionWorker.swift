// SPDX-License-Identifier: Apache-2.0
import Platform
import Redaction

/// What the redaction benchmark starts as processes of its own, so that their processor time can be told.
///
///     tacit-bench --worker redact VALUES FORMS INPUT      through a redacting stream to /dev/null
///     tacit-bench --worker peak VALUES FORMS              how much memory it has had with them, in kB
///     tacit-bench --worker copy INPUT                     read, memcpy, write to /dev/null
///     tacit-bench --worker needles VALUES FORMS           the needles, a line each, those of several lines aside
enum RedactionWorker {
    /// In which forms values are masked.
    enum Forms: String {
        case raw
        /// About eight for each value.
        case eight
        case all

        var encodings: Set<NeedleEncoding> {
            switch self {
            case .raw: []
            case .eight: [.base64url, .part, .recased, .utf16]
            case .all: Set(NeedleEncoding.allCases)
            }
        }
    }

    /// As `tacit redact` reads.
    private static let chunkByteCount = 64 * 1024

    /// Runs one of them; ends the process.
    static func run(_ arguments: [String]) throws {
        let output = try FileDescriptor.open("/dev/null", .writeOnly)
        switch arguments.first {
        case "redact":
            try redact(try redactor(arguments[1], arguments[2]), arguments[3], to: output)
        case "peak":
            try redact(try redactor(arguments[1], arguments[2]), "/dev/null", to: output)
            // Not what the system says at the end, which counts the process that started this one, too.
            let status = try FileDescriptor.open("/proc/self/status").readToEnd()
            let lines = String(decoding: status, as: UTF8.self).split(separator: "\n")
            let peak = lines.first { $0.hasPrefix("VmHWM:") }?.split(separator: " ").dropLast().last
            try FileDescriptor(owning: 1).write("\(peak ?? "")\n")
        case "copy": try copy(arguments[1], to: output)
        case "needles":
            let lines = try redactor(arguments[1], arguments[2]).needles.filter {
                !$0.contains(0x0A) && !$0.contains(0)
            }
            try FileDescriptor(owning: 1).write(Array(lines.joined(separator: [0x0A])) + [0x0A])
        default: throw BenchmarkError("no such worker")
        }
    }

    private static func redactor(_ values: String, _ forms: String) throws -> Redactor {
        let redactor = Redactor(encodings: Forms(rawValue: forms)?.encodings ?? [])
        let text = try FileDescriptor.open(values).readToEnd()
        for (place, value) in text.split(separator: 0x0A).enumerated() {
            redactor.register(Array(value).span, name: "secret-\(place)")
        }
        return redactor
    }

    private static func redact(
        _ redactor: Redactor,
        _ input: String,
        to output: borrowing FileDescriptor
    ) throws {
        let file = try FileDescriptor.open(input)
        var stream = redactor.stream()
        var buffer = [UInt8](repeating: 0, count: chunkByteCount)
        while true {
            let count = try file.read(into: &buffer)
            if count == 0 { break }
            try stream.write(buffer.span.extracting(..<count)) { bytes throws(SystemError) in
                try output.write(bytes)
            }
        }
        try stream.finish { bytes throws(SystemError) in try output.write(bytes) }
    }

    private static func copy(_ input: String, to output: borrowing FileDescriptor) throws {
        let file = try FileDescriptor.open(input)
        var buffer = [UInt8](repeating: 0, count: chunkByteCount)
        var copy = ByteBuffer(capacity: chunkByteCount)
        while true {
            let count = try file.read(into: &buffer)
            if count == 0 { break }
            copy.removeAll()
            copy.append(buffer.span, 0..<count)
            try copy.withBytes { bytes throws(SystemError) in try output.write(bytes) }
        }
    }
}
