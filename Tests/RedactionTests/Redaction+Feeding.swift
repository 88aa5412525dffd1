// SPDX-License-Identifier: Apache-2.0
@testable import Redaction

extension RedactingStream {
    /// What leaves for one write, and in how many pieces.
    mutating func pieces(_ bytes: [UInt8]) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        write(bytes.span) { pieces.append(array($0)) }
        return pieces
    }

    /// What leaves for one write.
    mutating func write(_ text: String) -> String {
        String(decoding: pieces(Array(text.utf8)).joined(), as: UTF8.self)
    }

    mutating func afterSilence() -> String {
        var output: [UInt8] = []
        releaseAfterSilence { output += array($0) }
        return String(decoding: output, as: UTF8.self)
    }

    mutating func atEnd() -> String {
        var output: [UInt8] = []
        finish { output += array($0) }
        return String(decoding: output, as: UTF8.self)
    }
}

extension Redactor {
    func register(_ text: String, name: String) {
        register(Array(text.utf8).span, name: name)
    }

    /// What a stream makes of a text in pieces, end included.
    func output(_ pieces: [[UInt8]]) -> [UInt8] {
        var stream = stream()
        var output: [UInt8] = []
        for piece in pieces { stream.write(piece.span) { output += array($0) } }
        stream.finish { output += array($0) }
        return output
    }
}

func array(_ bytes: Span<UInt8>) -> [UInt8] {
    var array: [UInt8] = []
    for index in bytes.indices { array.append(bytes[index]) }
    return array
}
