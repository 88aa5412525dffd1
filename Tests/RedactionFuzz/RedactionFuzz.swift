// SPDX-License-Identifier: Apache-2.0
// Feeds one part of Redaction with whatever reaches new code; built and run by Tests/fuzz. FUZZ_TARGET is one of
//
//     needles    a value, its needles and what becomes of it in a text
//     decoders   a text through the audit's views: escapes, hex dumps, base64, gzip and Zstandard within one another
//     stream     needles and a text with cuts, against the plain rules
import Platform
import Redaction

enum FuzzTarget: String {
    case needles
    case decoders
    case stream

    func run(_ data: [UInt8]) {
        switch self {
        case .needles: Self.checkNeedles(of: data)
        case .decoders: _ = Self.audit.findings(in: data.span)
        case .stream: Self.checkStream(data)
        }
    }

    private static let audit: LeakAudit = {
        let redactor = Redactor(forAudits: true)
        redactor.register(Array("ghp_S1qJ0JoQmYfyvGBNqwN1aaXCoErMh50P2409".utf8).span, name: "s")
        return LeakAudit(redactor, findsShapes: true)
    }()

    /// Every needle is of a sane length, and neither the value nor any of its needles passes.
    private static func checkNeedles(of value: [UInt8]) {
        if value.count > 300 { return }
        let redactor = Redactor(forAudits: true)
        redactor.register(value.span, name: "s")
        for needle in redactor.needles {
            precondition((4...1024).contains(needle.count), "a needle of \(needle.count) bytes")
            let left = redactor.redact([0x0A] + needle + [0x0A])
            precondition(!contains(left, needle), "a needle passes")
        }
        _ = LeakAudit(redactor).findings(in: value.span)
    }

    /// The first byte says how many needles there are, the next ones how long they are and where the cuts are.
    private static func checkStream(_ data: [UInt8]) {
        guard data.count > 12, data.count < 2000 else { return }
        let count = 1 + Int(data[0] % 6)
        var rest = data.dropFirst(8)
        let redactor = Redactor(encodings: [])
        var needles: [[UInt8]] = []
        for place in 0..<count {
            let needle = Array(rest.prefix(4 + Int(data[1 + place] % 40)))
            rest = rest.dropFirst(needle.count)
            // White space around a value is no part of it.
            let isSpaced = [needle.first, needle.last].contains { $0.map { $0 <= 0x20 } ?? true }
            if needle.count < 4 || isSpaced || needle.contains(0x0A) || needles.contains(needle) {
                continue
            }
            redactor.register(needle.span, name: "n")
            needles.append(needle)
        }
        // A needle that the mask would say changes the mask.
        if needles.contains(where: { contains(Array("[REDACTED:n]".utf8), $0) }) { return }
        let text = Array(rest) + [0x0A]
        for byAutomaton in [false, true] {
            var stream = redactor.stream(byAutomaton: byAutomaton)
            var output: [UInt8] = []
            var place = 0
            while place < text.count {
                let end = min(place + 1 + Int(data[7] % 50), text.count)
                stream.write(text.span.extracting(place..<end)) { piece in
                    for index in piece.indices { output.append(piece[index]) }
                }
                place = end
            }
            stream.finish { piece in for index in piece.indices { output.append(piece[index]) } }
            precondition(output == masked(text, needles), "not the plain rules' outcome")
        }
    }

    private static func masked(_ text: [UInt8], _ needles: [[UInt8]]) -> [UInt8] {
        var covered = [Bool](repeating: false, count: text.count)
        for start in text.indices {
            for needle in needles where text[start...].starts(with: needle) {
                for index in start..<start + needle.count { covered[index] = true }
            }
        }
        // All have one name, so that only what is covered counts.
        let mask = Array("[REDACTED:n]".utf8)
        var output: [UInt8] = []
        for index in text.indices {
            if !covered[index] { output.append(text[index]) }
            if covered[index], index == 0 || !covered[index - 1] { output += mask }
        }
        return output
    }

    private static func contains(_ text: [UInt8], _ word: [UInt8]) -> Bool {
        text.indices.contains { text[$0...].starts(with: word) }
    }
}

/// Which part is fed: what the variable FUZZ_TARGET says.
private let target: FuzzTarget = {
    let name = EnvironmentVariables.current["FUZZ_TARGET"] ?? ""
    guard let target = FuzzTarget(rawValue: name) else {
        preconditionFailure("FUZZ_TARGET is needles, decoders or stream")
    }
    return target
}()

/// libFuzzer's entry (llvm.org/docs/LibFuzzer.html).
@c(LLVMFuzzerTestOneInput)
func testOneInput(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    target.run(unsafe Array(UnsafeBufferPointer(start: data, count: count)))
    return 0
}
