// SPDX-License-Identifier: Apache-2.0
import JSON
import Platform
import TestSupport
import Testing

@testable import Redaction

/// The corpus of leaks: logs in which secrets stand in every form, and what must become of them.
///
/// It lies outside the checkout: in the directory that TACIT_SHARED names, or in `../shared`.
enum LeakCorpus {
    struct Case: Sendable, CustomTestStringConvertible {
        let id: String
        let kind: String
        let level: String
        let note: String
        let secrets: [[UInt8]]
        let chunks: [[UInt8]]
        let mustNotContain: [[UInt8]]
        let mustContain: [[UInt8]]
        let isUnchanged: Bool
        /// What must have left after which chunk.
        let flushes: [(chunk: Int, text: [UInt8])]

        var testDescription: String { id }
    }

    static let path: String = {
        let shared = EnvironmentVariables.current["TACIT_SHARED"] ?? "\(Checkout.root)/../shared"
        return "\(shared)/corpus/redaction/cases.jsonl"
    }()

    static let cases: [Case] = {
        guard let file = try? FileDescriptor.open(path), let bytes = try? file.readToEnd() else {
            return []
        }
        return bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
            (try? JSONValue.parse(Array(line))).map(Self.leak)
        }
    }()

    static func cases(_ level: String) -> [Case] { cases.filter { $0.level == level } }

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

    private static func decoded(_ text: String) -> [UInt8] {
        var buffer = LockedBuffer.forSecrets()
        _ = Base64Text.decode(Array(text.utf8).span, into: &buffer)
        return buffer.withBytes { array($0) }
    }
}

extension LeakCorpus.Case {
    /// What is wrong with how a redactor treats this case; empty when nothing is.
    var faults: [String] {
        let redactor = Redactor()
        for (place, secret) in secrets.enumerated() {
            redactor.register(secret.span, name: "s\(place)")
        }
        var faults: [String] = []
        var stream = redactor.stream()
        var output: [UInt8] = []
        for (place, chunk) in chunks.enumerated() {
            output += stream.pieces(chunk).joined()
            for flush in flushes where flush.chunk == place && !output.contains(flush.text) {
                faults.append("not shown in time: \(String(decoding: flush.text, as: UTF8.self))")
            }
        }
        stream.finish { output += array($0) }
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
