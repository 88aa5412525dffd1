// SPDX-License-Identifier: Apache-2.0

/// Why a request brought no answer; a status is none of these.
package struct HTTPError: Error, Sendable, Equatable, CustomStringConvertible {
    package enum Code: Sendable, Equatable {
        /// libcurl, or a function of it, is not there.
        case libraryMissing
        /// The request cannot be sent as it stands.
        case malformedRequest
        case cannotResolve
        case cannotConnect
        /// The server, or this side, could not prove itself, or they share no version of TLS.
        case notTrusted
        case timedOut
        /// The connection broke before the answer began.
        case interrupted
        /// The connection broke within the answer.
        case truncated
        case tooLarge
        case tooManyRedirects
        case lockedMemoryFull
        case cancelled
        case other
    }

    /// The method.
    package let operation: String
    /// The address, without its query.
    package let subject: String
    package let code: Code
    /// The library's own words.
    package let message: String

    package init(_ operation: String, on subject: String, _ code: Code, _ message: String) {
        self.operation = operation
        self.subject = subject
        self.code = code
        self.message = message
    }

    package var description: String { "\(operation) \(subject): \(message)" }
}
