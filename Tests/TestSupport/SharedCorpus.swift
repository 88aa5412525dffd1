// SPDX-License-Identifier: Apache-2.0
internal import Platform
package import Testing

/// Cases with expected results that lie outside of the checkout.
///
/// They are in the directory that the variable TACIT_SHARED names, else in `shared` beside the checkout. Tests
/// that need them say `.enabled(if: SharedCorpus.isPresent, SharedCorpus.need)`.
package enum SharedCorpus {
    private static let directory =
        EnvironmentVariables.current["TACIT_SHARED"] ?? "\(Checkout.root)/../shared"

    /// Why a test is skipped without them; `run-tests` knows these words.
    package static let need: Comment = "needs the recorded cases beside the checkout"

    package static var isPresent: Bool { (try? read("corpus/README.md")) != nil }

    /// Where a file of the cases stands.
    package static func path(_ name: String) -> String { "\(directory)/\(name)" }

    /// The whole of a file.
    ///
    /// - Parameter path: below the directory of the cases.
    /// - Returns: its bytes.
    /// - Throws: what the system says.
    package static func read(_ path: String) throws -> [UInt8] {
        let file = try FileDescriptor.open("\(directory)/\(path)", .readOnly)
        return try file.readToEnd()
    }
}
