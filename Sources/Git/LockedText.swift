// SPDX-License-Identifier: Apache-2.0
internal import Cryptography

/// Text in locked memory that C can read: a password, a token, a private key.
@safe package final class LockedText: Sendable {
    /// Ends with a NUL.
    private let bytes: LockedBytes

    /// Copies the bytes; a NUL among them is refused, for C would read a part of the secret only.
    ///
    /// - Throws: `GitError` when the locked memory for secrets is full.
    package init(copying text: Span<UInt8>) throws(GitError) {
        for index in text.indices where text[index] == 0 {
            throw GitError("read", on: "credential", .accessDenied, "it holds a NUL byte")
        }
        do {
            var writer = try LockedWriter(capacity: text.count + 1)
            try writer.append(text)
            try writer.append(0)
            bytes = writer.finish()
        } catch {
            throw GitError("read", on: "credential", .other, "\(error)")
        }
    }

    /// Copies text that was in ordinary memory already.
    package convenience init(_ text: String) throws(GitError) {
        let bytes = Array(text.utf8)
        try self.init(copying: bytes.span)
    }

    package var isEmpty: Bool { bytes.count == 1 }

    /// Lends the text without its NUL.
    package func withBytes<Outcome: ~Copyable, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Outcome
    ) throws(Failure) -> Outcome {
        try bytes.withBytes { (all) throws(Failure) in try body(all.extracting(droppingLast: 1)) }
    }

    /// Lends the text with its NUL.
    func withTerminatedBytes<Outcome>(_ body: (Span<UInt8>) -> Outcome) -> Outcome {
        bytes.withBytes { all in body(all) }
    }

    @unsafe func withCString<Outcome>(_ body: (UnsafePointer<CChar>) -> Outcome) -> Outcome {
        bytes.withBytes { span in
            unsafe span.withUnsafeBytes { buffer in
                unsafe buffer.withMemoryRebound(to: CChar.self) { text in
                    guard let start = text.baseAddress else {
                        preconditionFailure("locked text has its NUL at least")
                    }
                    return unsafe body(start)
                }
            }
        }
    }
}
