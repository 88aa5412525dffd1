// SPDX-License-Identifier: Apache-2.0
internal import Platform
internal import Redaction

/// Copies a descriptor to where its output goes, redacted; a prompt without newline appears after a moment.
struct RedactionFilter {
    private static let chunkByteCount = 65536
    /// After so long without input a short hold is let go.
    private static let silence: CInt = 80

    let redactor: Redactor
    let write: (Span<UInt8>) throws(SystemError) -> Void

    /// Copies until the input ends or nobody reads the output any more.
    ///
    /// Blocks: call it on a thread of your own.
    ///
    /// - Throws: `SystemError` of the read or the write that failed.
    func copy(_ input: borrowing FileDescriptor) throws(SystemError) {
        var stream = redactor.stream()
        var buffer = [UInt8](repeating: 0, count: Self.chunkByteCount)
        while true {
            if stream.heldCount > 0,
                try !input.waitUntilReadable(milliseconds: Self.silence)
            {
                try stream.releaseAfterSilence { bytes throws(SystemError) in try write(bytes) }
            }
            let count = try input.read(into: &buffer)
            if count == 0 { break }
            try stream.write(buffer.span.extracting(..<count)) { bytes throws(SystemError) in
                try write(bytes)
            }
        }
        try stream.finish { bytes throws(SystemError) in try write(bytes) }
    }
}
