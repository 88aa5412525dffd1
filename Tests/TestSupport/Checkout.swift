// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// The checkout that the tests were built from, and what the build made there.
package enum Checkout {
    /// The folder of Package.swift; absolute, without a slash at the end.
    package static let root = above(above(above(#filePath)))

    /// The `tacit` that the tests drive: the one that the variable TACIT names, else the one built along
    /// with these tests.
    package static let tacit: String = {
        EnvironmentVariables.current["TACIT"] ?? builtTacit
    }()

    /// The `tacit` that was built along with these tests.
    package static let builtTacit: String = {
        let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") }
        return (bundle.map(above) ?? "\(root)/.build/debug") + "/tacit"
    }()

    private static func above(_ path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }
}
