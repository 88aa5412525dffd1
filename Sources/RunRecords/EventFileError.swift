// SPDX-License-Identifier: Apache-2.0

/// Why an event file takes no more.
package enum EventFileError: Error, Equatable, Sendable, CustomStringConvertible {
    /// So many bytes of events are there that no further access to a secret is recorded, hence none allowed.
    case full(byteLimit: Int)
    /// A line could be written in part only, and not taken back.
    case torn

    package var description: String {
        switch self {
        case .full(let byteLimit):
            "the run's record has reached \(byteLimit) bytes, so no more secrets can be read: a step "
                + "opens them too often, or `audit.runSize` in the configuration is too small"
        case .torn: "the run's record ends in a torn line"
        }
    }
}
