// SPDX-License-Identifier: Apache-2.0

/// Where and how an event file is not what Tacit wrote.
package struct TrailBreak: Sendable, Hashable {
    package enum Kind: String, Sendable {
        /// The line is not as it was written.
        case edited
        /// Lines are missing before this one.
        case removed
        /// A line that belongs elsewhere stands here.
        case reordered
        /// Lines are missing at the end.
        case truncated
        /// A line was not written by Tacit.
        case appended
        /// The whole event file is gone.
        case missing
        /// Nothing tells how far the file once went.
        case headless
        /// The file was written without a chain.
        case unchained
    }

    package var kind: Kind
    /// Counted from 1; 0 where it is about the file as a whole.
    package var line: Int
    /// What is wrong, in words.
    package var message: String

    init(_ kind: Kind, line: Int = 0, _ message: String) {
        self.kind = kind
        self.line = line
        self.message = message
    }
}
