// SPDX-License-Identifier: Apache-2.0
package import JSON

/// Is told what happens in a run.
///
/// An observer may throw: then the run fails, for what cannot be recorded must not happen. It is called
/// from several threads, one call after the other.
package protocol RunObserver: Sendable {
    /// Takes the next event, and how it looks as a line.
    func observe(_ event: RunEvent, line: JSONLine) throws
}
