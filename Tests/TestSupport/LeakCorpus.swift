// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import Testing

/// The corpus of leaks: logs in which secrets stand in every form, and what must become of them.
package enum LeakCorpus {
    /// One log.
    package struct Case: Sendable, CustomTestStringConvertible {
        package let id: String
        /// What kind of form it is about.
        package let kind: String
        /// `must`, `guard`, `policy`, `stretch` or `impossible`.
        package let level: String
        package let note: String
        package let secrets: [[UInt8]]
        /// What is written, one write after another.
        package let chunks: [[UInt8]]
        package let mustNotContain: [[UInt8]]
        let mustContain: [[UInt8]]
        let isUnchanged: Bool
        /// What must have left after which chunk.
        package let flushes: [(chunk: Int, text: [UInt8])]

        package var testDescription: String { id }

        /// What is wrong with the output that became of it; empty when nothing is.
        package func faults(in output: [UInt8]) -> [String] {
            var faults: [String] = []
            for leak in mustNotContain where output.contains(leak) {
                faults.append("leaks \(String(decoding: leak, as: UTF8.self))")
            }
            for text in mustContain where !output.contains(text) {
                faults.append("lacks \(String(decoding: text, as: UTF8.self))")
            }
            if isUnchanged, output != Array(chunks.joined()) {
                faults.append("changed to \(String(decoding: output, as: UTF8.self))")
            }
            return faults
        }
    }

    /// Where it lies, beside the checkout.
    package static let path = SharedCorpus.path("corpus/redaction/cases.jsonl")

    /// All of them; none where the corpus is not there.
    package static let cases: [Case] = {
        guard let bytes = try? SharedCorpus.read("corpus/redaction/cases.jsonl") else { return [] }
        return bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
            (try? JSONValue.parse(Array(line))).map(Self.leak)
        }
    }()

    /// Those of some levels.
    package static func cases(_ levels: String...) -> [Case] {
        cases.filter { levels.contains($0.level) }
    }

    private static func leak(_ value: JSONValue) -> Case {
        func list(_ name: String) -> [[UInt8]] {
            (value[name]?.array ?? []).map { decoded($0.string ?? "") }
        }
        return Case(
            id: value["id"]?.string ?? "",
            kind: value["class"]?.string ?? "",
            level: value["level"]?.string ?? "",
            note: value["note"]?.string ?? "",
            secrets: list("secrets"),
            chunks: list("chunks"),
            mustNotContain: list("must_not_contain"),
            mustContain: list("must_contain"),
            isUnchanged: value["unchanged"] == .bool(true),
            flushes: (value["flush"]?.array ?? []).map { flush in
                var chunk = 0
                if case .number(let text)? = flush["after_chunk"] { chunk = Int(text) ?? 0 }
                return (chunk, decoded(flush["has"]?.string ?? ""))
            }
        )
    }

    private static let digits = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
    )

    /// The bytes that base64 (RFC 4648) stands for.
    private static func decoded(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        var (bits, count) = (0, 0)
        for digit in text.utf8 {
            guard let value = digits.firstIndex(of: digit) else { break }
            bits = bits << 6 | value
            count += 6
            if count < 8 { continue }
            count -= 8
            bytes.append(UInt8(bits >> count & 0xFF))
            bits &= 1 << count - 1
        }
        return bytes
    }

    /// Bytes in base64, as the files of secrets have them.
    package static func encoded(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for place in 0..<4 {
                let isPadding = place > group.count
                text.append(isPadding ? 0x3D : digits[bits >> (18 - 6 * place) & 63])
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
