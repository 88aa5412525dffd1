// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
internal import Platform

/// Remembers which projects' `tacit.yaml` the user trusts, each for the content that it had.
///
/// One file a project below `trusted/` of the state directory, named after the hash of the file's path; it
/// holds the hash of what was trusted, so that a changed file is not trusted any more.
struct TrustStore {
    private let directory: String

    init(_ state: StateDirectory) {
        directory = state.state + "/trusted"
    }

    /// Whether this very content of the file at that real path is trusted.
    func isTrusted(_ path: String, content: [UInt8]) throws -> Bool {
        do {
            let file = try FileDescriptor.open(try entry(for: path), [.noFollow])
            let kept = try file.readToEnd(limit: 4096)
            return kept.elementsEqual(try Self.hash(content).utf8)
        } catch let error as SystemError where error.code == .notFound {
            return false
        }
    }

    /// Trusts this content of the file at that real path, in place of any other.
    func trust(_ path: String, content: [UInt8]) throws {
        try Directory.create(directory, permissions: 0o700)
        let mode: FileDescriptor.Mode = [.writeOnly, .create, .truncate, .noFollow]
        let file = try FileDescriptor.open(try entry(for: path), mode)
        try file.write(try Self.hash(content))
        try file.synchronize()
    }

    private func entry(for path: String) throws -> String {
        directory + "/" + (try Self.hash(Array(path.utf8)))
    }

    private static func hash(_ bytes: [UInt8]) throws -> String {
        let digits = Array("0123456789abcdef")
        return String(
            try SHA256.digest(of: bytes.span).flatMap {
                [digits[Int($0 >> 4)], digits[Int($0 & 15)]]
            }
        )
    }
}
