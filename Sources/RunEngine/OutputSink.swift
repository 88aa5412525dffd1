// SPDX-License-Identifier: Apache-2.0

/// Where a step's redacted output goes: a log file, the terminal.
///
/// Called on the step's own output thread, never by two threads at once.
package protocol OutputSink: AnyObject, Sendable {
    /// Takes the next bytes.
    func write(_ bytes: borrowing Span<UInt8>) throws
    /// The output ended; called once, also after a failed write.
    func finish() throws
}
