// SPDX-License-Identifier: Apache-2.0

/// Cuts a text that comes in pieces of any size into windows.
///
/// What is encoded as a whole (base64, a hex dump) is seen through if it is no longer than the windows'
/// overlap, or in its parts.
package struct LeakScanner: Sendable {
    private var text: [UInt8] = []

    package init() {}

    /// Takes the next bytes; `body` gets each window that is complete now.
    package mutating func feed<Failure: Error>(
        _ bytes: Span<UInt8>,
        _ body: (LeakWindow) throws(Failure) -> Void
    ) throws(Failure) {
        let full = LeakWindow.stride + LeakWindow.overlap
        var start = 0
        while start < bytes.count {
            let count = min(full - text.count, bytes.count - start)
            text.append(bytes.extracting(start..<start + count))
            start += count
            if text.count < full { return }
            let window = text
            text = []
            text.reserveCapacity(full)
            text.append(window.span.extracting(LeakWindow.stride...))
            try body(LeakWindow(window, isLast: false))
        }
    }

    /// The text is at its end: its last window.
    package mutating func finish() -> LeakWindow {
        defer { text = [] }
        return LeakWindow(text, isLast: true)
    }
}
