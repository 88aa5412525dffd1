// SPDX-License-Identifier: Apache-2.0
internal import CLinux

/// A request to the launcher, gathered in locked memory (see `LockedRegion`) and wiped on release.
///
/// One owner at a time builds it, and then gives it to `LauncherProcess.send`; that is why it is Sendable.
@safe package final class LauncherMessage: @unchecked Sendable {
    private var buffer: LockedBuffer
    private var sent = 0
    private var isInText = false
    /// Descriptors that go with it; the sender keeps them open until the reply.
    private let descriptors: [CInt]

    private static let headerSize = 12

    /// Starts a request.
    ///
    /// - Parameters:
    ///   - kind: what is asked, as CLinux's protocol.h numbers it.
    ///   - id: repeated by every reply to it.
    ///   - descriptors: at most two.
    /// - Throws: the kernel's refusal to map memory.
    package init(kind: UInt32, id: UInt32, descriptors: [CInt] = []) throws(SystemError) {
        precondition(descriptors.count <= 2, "a request carries at most two descriptors")
        self.descriptors = descriptors
        buffer = try LockedBuffer(capacity: 4096)
        append(0 as UInt32)
        append(kind)
        append(id)
    }

    /// Appends a number in the machine's byte order.
    package func append(_ number: UInt32) {
        unsafe withUnsafeBytes(of: number) { bytes in
            buffer.append(unsafe Span(_unsafeBytes: bytes))
        }
    }

    /// Appends a number in the machine's byte order.
    package func append(_ number: UInt64) {
        unsafe withUnsafeBytes(of: number) { bytes in
            buffer.append(unsafe Span(_unsafeBytes: bytes))
        }
    }

    /// Appends one text, made of the pieces that `body` appends.
    package func appendText<Failure: Error>(_ body: () throws(Failure) -> Void) throws(Failure) {
        precondition(!isInText, "a text holds no text")
        let lengthAt = buffer.count
        append(0 as UInt32)
        isInText = true
        try body()
        isInText = false
        store(buffer.count - lengthAt - 4, at: lengthAt)
        buffer.append(0)
    }

    /// Appends one text.
    package func appendText(_ text: String) {
        appendText { appendPiece(text) }
    }

    /// Appends a piece of the text that is open.
    package func appendPiece(_ text: String) {
        buffer.append(text.utf8.span)
    }

    /// Appends a piece of the text that is open, without leaving a copy anywhere else.
    package func appendPiece(_ bytes: Span<UInt8>) {
        buffer.append(bytes)
    }

    /// Whether it is larger than the launcher takes, and than any program can be given.
    package var isTooLarge: Bool { buffer.count > 16 << 20 }

    /// Sends as much as the socket takes; whether that was all.
    func sendRest(to socket: CInt) throws(SystemError) -> Bool {
        store(buffer.count - Self.headerSize, at: 0)
        while sent < buffer.count {
            let step = send(to: socket)
            if step < 0 {
                let code = Errno.current
                if code == .wouldBlock { return false }
                throw SystemError("sendmsg", on: "the launcher", code)
            }
            sent += step
        }
        return true
    }

    private func send(to socket: CInt) -> Int {
        let first = sent == 0 ? descriptors : []
        return buffer.withBytes { bytes in
            unsafe bytes.withUnsafeBytes { source in
                unsafe clinux_send(
                    socket,
                    source.baseAddress?.advanced(by: sent),
                    UInt(source.count - sent),
                    first,
                    CInt(first.count)
                )
            }
        }
    }

    private func store(_ number: Int, at offset: Int) {
        unsafe withUnsafeBytes(of: UInt32(number)) { bytes in
            buffer.region.store(unsafe Span(_unsafeBytes: bytes), at: offset)
        }
    }
}
