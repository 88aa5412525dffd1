// SPDX-License-Identifier: Apache-2.0
internal import CLinux
internal import Glibc

/// A request to the launcher, gathered in memory that is locked, kept out of core dumps and of forks, and
/// wiped on release.
///
/// One owner at a time builds it, and then gives it to `LauncherProcess.send`; that is why it is Sendable.
@safe package final class LauncherMessage: @unchecked Sendable {
    private var base: UnsafeMutableRawPointer
    private var capacity: Int
    private var count = 0
    private var sent = 0
    private var textStart: Int?
    /// Descriptors that go with it; the sender keeps them open until the reply.
    private let descriptors: [CInt]

    private static let headerSize = 12

    /// Starts a request.
    ///
    /// - Parameters:
    ///   - kind: what is asked, as CLinux's protocol.h numbers it.
    ///   - id: repeated by every reply to it.
    ///   - descriptors: at most two.
    package init(kind: UInt32, id: UInt32, descriptors: [CInt] = []) {
        precondition(descriptors.count <= 2, "a request carries at most two descriptors")
        self.descriptors = descriptors
        capacity = 16384
        unsafe base = Self.map(capacity)
        append(0 as UInt32)
        append(kind)
        append(id)
    }

    deinit { unsafe clinux_unmap_locked(base, UInt(capacity), UInt(count)) }

    /// Appends a number in the machine's byte order.
    package func append<Number: FixedWidthInteger & BitwiseCopyable>(_ number: Number) {
        unsafe withUnsafeBytes(of: number) { unsafe appendRaw($0) }
    }

    /// Appends one text, made of the pieces that `body` appends.
    package func appendText<Failure: Error>(_ body: () throws(Failure) -> Void) throws(Failure) {
        precondition(textStart == nil, "a text holds no text")
        append(0 as UInt32)
        let start = count
        textStart = start
        try body()
        textStart = nil
        store(UInt32(count - start), at: start - 4)
        append(0 as UInt8)
    }

    /// Appends one text.
    package func appendText(_ text: String) {
        appendText { appendPiece(text) }
    }

    /// Appends a piece of the text that is open.
    package func appendPiece(_ text: String) {
        var text = text
        text.withUTF8 { unsafe appendRaw(UnsafeRawBufferPointer($0)) }
    }

    /// Appends a piece of the text that is open, without leaving a copy anywhere else.
    package func appendPiece(_ bytes: Span<UInt8>) {
        unsafe bytes.withUnsafeBytes { unsafe appendRaw($0) }
    }

    /// Sends as much as the socket takes; whether that was all.
    func sendRest(to socket: CInt) throws(SystemError) -> Bool {
        store(UInt32(count - Self.headerSize), at: 0)
        while sent < count {
            let first = sent == 0 ? descriptors : []
            let step = unsafe clinux_send(
                socket,
                base.advanced(by: sent),
                UInt(count - sent),
                first,
                CInt(first.count)
            )
            if step < 0 {
                let code = Errno.current
                if code == .wouldBlock { return false }
                throw SystemError("sendmsg", on: "the launcher", code)
            }
            sent += step
        }
        return true
    }

    private func store(_ number: UInt32, at offset: Int) {
        unsafe base.storeBytes(of: number, toByteOffset: offset, as: UInt32.self)
    }

    private func appendRaw(_ bytes: UnsafeRawBufferPointer) {
        guard let start = bytes.baseAddress else { return }
        if count + bytes.count > capacity { grow(to: count + bytes.count) }
        unsafe base.advanced(by: count).copyMemory(from: start, byteCount: bytes.count)
        count += bytes.count
    }

    private func grow(to needed: Int) {
        let larger = max(capacity * 2, (needed + 4095) & ~4095)
        let block = unsafe Self.map(larger)
        unsafe block.copyMemory(from: base, byteCount: count)
        unsafe clinux_unmap_locked(base, UInt(capacity), UInt(count))
        unsafe base = block
        capacity = larger
    }

    private static func map(_ size: Int) -> UnsafeMutableRawPointer {
        guard let memory = unsafe clinux_map_locked(UInt(size)) else {
            preconditionFailure("there is memory for a request of \(size) bytes")
        }
        unsafe clinux_keep_from_forks(memory, UInt(size))
        return unsafe memory
    }
}
