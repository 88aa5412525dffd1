// SPDX-License-Identifier: Apache-2.0
internal import CGit2
internal import Glibc

/// Lists of texts as libgit2 takes them.
enum StringArray {
    /// Lends the texts as C has them, for the duration of the call.
    @unsafe static func withNative<Outcome>(
        _ texts: [String],
        _ body: (git_strarray) -> Outcome
    ) -> Outcome {
        var copies: [UnsafeMutablePointer<CChar>?] = unsafe texts.map { unsafe strdup($0) }
        defer { unsafe copies.forEach { unsafe free($0) } }
        return unsafe copies.withUnsafeMutableBufferPointer { buffer in
            unsafe body(git_strarray(strings: buffer.baseAddress, count: buffer.count))
        }
    }
}
