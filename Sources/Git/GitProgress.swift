// SPDX-License-Identifier: Apache-2.0

/// How far a piece of work is.
package struct GitProgress: Sendable, Hashable {
    package enum Phase: Sendable, Hashable {
        case receiving
        case resolving
        case checkingOut
    }

    package var phase: Phase
    /// Objects, or files where they are checked out.
    package var done: Int
    /// 0 while it is not known.
    package var total: Int
    /// Received so far; 0 in the other phases.
    package var byteCount: Int

    var isComplete: Bool { total > 0 && done == total }
}
