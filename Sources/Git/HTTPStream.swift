// SPDX-License-Identifier: Apache-2.0
internal import CGit2

/// One request and its answer, as libgit2's smart protocol reads and writes them.
///
/// Thread rule: libgit2 calls it on the thread of the job.
@safe final class HTTPStream {
    private let exchange: RemoteExchange
    /// Whether the references are asked for, and not a pack.
    private let asksForReferences: Bool
    private var request: [UInt8] = []
    private var isSent = false
    /// Filtered bytes that did not fit into the caller's buffer.
    private var held: [UInt8] = []

    init(_ exchange: RemoteExchange, asksForReferences: Bool) {
        self.exchange = exchange
        self.asksForReferences = asksForReferences
    }

    private func write(_ bytes: UnsafeRawBufferPointer) { unsafe request += bytes }

    private func read(into room: UnsafeMutableRawBufferPointer) throws(GitError) -> Int {
        let http = try exchange.connection()
        if !isSent {
            isSent = true
            if asksForReferences {
                try http.requestReferences()
            } else {
                try http.requestPack(exchange.shallow?.extend(request) ?? request)
            }
        }
        if asksForReferences {
            let count = unsafe try http.read(into: room)
            unsafe exchange.noteCapabilities(UnsafeRawBufferPointer(rebasing: room[..<count]))
            return count
        }
        if exchange.shallow == nil { return unsafe try http.read(into: room) }
        while held.isEmpty {
            let count = unsafe try http.read(into: room)
            if count == 0 { return 0 }
            unsafe held = exchange.shallow?.filter(room[..<count]) ?? []
        }
        let count = min(held.count, room.count)
        unsafe held.withUnsafeBytes { bytes in
            unsafe room.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[..<count]))
        }
        held.removeFirst(count)
        return count
    }

    /// Makes the C object that libgit2 calls; it owns this one.
    func makeNative(
        for subtransport: UnsafeMutablePointer<git_smart_subtransport>?
    ) -> UnsafeMutablePointer<git_smart_subtransport_stream> {
        let native = UnsafeMutablePointer<cgit2_stream>.allocate(capacity: 1)
        unsafe native.initialize(to: cgit2_stream())
        unsafe native.pointee.parent.subtransport = subtransport
        unsafe native.pointee.exchange = Unmanaged.passRetained(self).toOpaque()
        unsafe native.pointee.parent.read = { stream, buffer, size, count in
            guard let object = unsafe HTTPStream.object(stream), let count = unsafe count else {
                return -1
            }
            let room = unsafe UnsafeMutableRawBufferPointer(start: buffer, count: size)
            do throws(GitError) {
                unsafe count.pointee = unsafe try object.read(into: room)
                return 0
            } catch {
                return object.exchange.fail(error)
            }
        }
        unsafe native.pointee.parent.write = { stream, buffer, size in
            guard let object = unsafe HTTPStream.object(stream) else { return -1 }
            unsafe object.write(UnsafeRawBufferPointer(start: buffer, count: size))
            return 0
        }
        unsafe native.pointee.parent.free = { stream in
            guard let stream = unsafe stream else { return }
            unsafe stream.withMemoryRebound(to: cgit2_stream.self, capacity: 1) { native in
                if let object = unsafe native.pointee.exchange {
                    unsafe Unmanaged<HTTPStream>.fromOpaque(object).release()
                }
                unsafe native.deallocate()
            }
        }
        return unsafe UnsafeMutableRawPointer(native)
            .assumingMemoryBound(to: git_smart_subtransport_stream.self)
    }

    private static func object(
        _ stream: UnsafeMutablePointer<git_smart_subtransport_stream>?
    ) -> HTTPStream? {
        guard let stream = unsafe stream else { return nil }
        return unsafe stream.withMemoryRebound(to: cgit2_stream.self, capacity: 1) { native in
            guard let object = unsafe native.pointee.exchange else { return nil }
            return unsafe Unmanaged<HTTPStream>.fromOpaque(object).takeUnretainedValue()
        }
    }
}
