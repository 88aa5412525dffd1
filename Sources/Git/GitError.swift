// SPDX-License-Identifier: Apache-2.0

/// What git, the network or a repository refused.
package struct GitError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: Sendable, Hashable {
        /// libgit2 or libcurl is not there.
        case libraryMissing
        /// The address cannot be understood, or is of a kind that is not allowed here.
        case malformedAddress
        /// No connection, or one that broke.
        case unreachable
        /// The server could not prove to be the one that was asked for.
        case notTrusted
        /// The server wants credentials, or does not accept the ones it got.
        case accessDenied
        /// The server has no such repository, or does not show it to these credentials.
        case noSuchRepository
        /// The repository has no such branch, tag, commit or file.
        case noSuchRevision
        /// What was received is damaged, or cannot be checked out safely.
        case corrupt
        /// The directory to write to cannot be used.
        case destination
        /// Something that Tacit, or this version of libgit2, cannot do.
        case unsupported
        case cancelled
        case timedOut
        case other
    }

    /// What was attempted; a function of libgit2 where it was one.
    package let operation: String
    /// On what: an address without user and password, a path, a reference.
    package let subject: String
    package let code: Code
    /// The library's or the server's words.
    package let message: String

    package init(_ operation: String, on subject: String, _ code: Code, _ message: String) {
        self.operation = operation
        self.subject = subject
        self.code = code
        self.message = message
    }

    package var description: String { "\(operation) `\(subject)`: \(message)" }
}
