// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// Where a step's output comes from: its pipe, and beside it the inbox of values to be masked.
struct OutputSource: Sendable {
    let pipe: SharedDescriptor
    let masks: AddedMasks
    /// The step's own inbox; `nil` for a sidecar, which writes to that of the steps.
    let inbox: MaskInbox?
    let step: String

    /// Waits until there is output, or the pipe's end; takes in what comes into the inbox meanwhile.
    ///
    /// - Returns: whether it is so before `milliseconds` have passed (-1: never).
    func wait(milliseconds: CInt) throws -> Bool {
        guard let inbox else {
            return milliseconds < 0
                ? true : try pipe.descriptor.waitUntilReadable(milliseconds: milliseconds)
        }
        while true {
            let reader = inbox.reader
            let (output, values) = try pipe.descriptor.waitUntilReadable(
                or: reader.descriptor,
                milliseconds: milliseconds
            )
            if values { try masks.drain(ready: inbox) }
            if output { return true }
            if !values, milliseconds >= 0 { return false }
        }
    }

    /// Waits for output without end; after a silence that has been dealt with.
    func waitForMore() throws { _ = try wait(milliseconds: -1) }

    /// Reads output, and takes in what was written to any inbox before it.
    func read(into buffer: inout [UInt8]) throws -> Int {
        let count = try pipe.descriptor.read(into: &buffer)
        try masks.drain()
        return count
    }

    /// Reads and forgets what is left.
    func discard() {
        var buffer = [UInt8](repeating: 0, count: 65536)
        while let count = try? pipe.descriptor.read(into: &buffer), count > 0 {}
    }
}
