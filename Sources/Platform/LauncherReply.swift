// SPDX-License-Identifier: Apache-2.0
internal import Synchronization

/// One answer of the launcher; CLinux's protocol.h lists the kinds and their fields.
package final class LauncherReply: Sendable {
    package let kind: UInt32
    /// The request it belongs to.
    package let id: UInt32
    package let body: [UInt8]
    private let descriptor: Mutex<FileDescriptor?>

    init(kind: UInt32, id: UInt32, body: [UInt8], descriptor: consuming FileDescriptor?) {
        self.kind = kind
        self.id = id
        self.body = body
        self.descriptor = Mutex(descriptor)
    }

    /// Hands over the descriptor that came with it; `nil` when none did, or the second time.
    package func takeDescriptor() -> FileDescriptor? {
        descriptor.withLock { $0.take() }
    }

    /// The number at an offset of the body.
    package func number(at offset: Int) -> UInt32 {
        precondition(offset + 4 <= body.count, "the launcher sends whole replies")
        return (0..<4).reversed().reduce(0) { $0 << 8 | UInt32(body[offset + $1]) }
    }

    /// The text at an offset of the body, and the offset behind it.
    package func text(at offset: Int) -> (text: String, next: Int) {
        let start = offset + 4
        let end = start + Int(number(at: offset))
        precondition(end < body.count, "the launcher sends whole replies")
        return (String(decoding: body[start..<end], as: UTF8.self), end + 1)
    }
}
