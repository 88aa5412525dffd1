// SPDX-License-Identifier: Apache-2.0

/// A step cannot start, for the file that is to get a copy of its output cannot be opened.
struct OutputCopyError: Error, Sendable {
    var message: String
}
