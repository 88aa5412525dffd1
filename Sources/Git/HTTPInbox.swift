// SPDX-License-Identifier: Apache-2.0
internal import CCurl

/// What an answer has brought and nobody has read yet; libcurl is paused when it gets too much.
///
/// Thread rule: belongs to the thread of its connection.
@safe final class HTTPInbox {
    private var bytes: [UInt8] = []
    private var start = 0
    /// Whether libcurl was told to hold what it has.
    private(set) var isPaused = false

    /// A pack is read in pieces of 64 KiB; more than this in hand helps nobody.
    private static let limit = 4 << 20

    var isEmpty: Bool { start == bytes.count }

    func clear() {
        bytes.removeAll(keepingCapacity: true)
        start = 0
        isPaused = false
    }

    func resume() { isPaused = false }

    /// Moves what fits into `room`.
    @unsafe func take(into room: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(room.count, bytes.count - start)
        unsafe bytes.withUnsafeBytes { held in
            unsafe room.copyMemory(
                from: UnsafeRawBufferPointer(rebasing: held[start..<start + count])
            )
        }
        start += count
        if start == bytes.count {
            bytes.removeAll(keepingCapacity: true)
            start = 0
        }
        return count
    }

    private func add(_ piece: UnsafeRawBufferPointer) -> Bool {
        if bytes.count - start > Self.limit {
            isPaused = true
            return false
        }
        unsafe bytes.append(contentsOf: piece)
        return true
    }

    /// libcurl's write callback; its context is the inbox.
    static let receive:
        @convention(c) (
            UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?
        ) -> Int = { start, size, count, context in
            guard let context = unsafe context else { return 0 }
            let inbox = unsafe Unmanaged<HTTPInbox>.fromOpaque(context).takeUnretainedValue()
            let piece = unsafe UnsafeRawBufferPointer(start: start, count: size * count)
            // CURL_WRITEFUNC_PAUSE: the macro is not imported.
            return unsafe inbox.add(piece) ? size * count : 0x1000_0001
        }
}
