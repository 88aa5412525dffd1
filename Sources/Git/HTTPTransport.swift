// SPDX-License-Identifier: Apache-2.0
internal import CGit2

/// Gives libgit2's smart protocol our own http connection to speak over.
enum HTTPTransport {
    /// The callback that makes the transport of a remote; its payload is the `RemoteExchange`.
    static let make: git_transport_cb = { out, owner, payload in
        var definition = unsafe git_smart_subtransport_definition(
            callback: { out, _, payload in unsafe makeSubtransport(out, payload) },
            rpc: 1,
            param: payload
        )
        return unsafe cgit2_transport_smart(out, owner, &definition)
    }

    private static func makeSubtransport(
        _ out: UnsafeMutablePointer<UnsafeMutablePointer<git_smart_subtransport>?>?,
        _ payload: UnsafeMutableRawPointer?
    ) -> CInt {
        let native = UnsafeMutablePointer<cgit2_subtransport>.allocate(capacity: 1)
        unsafe native.initialize(to: cgit2_subtransport())
        // Not retained: the session that owns the exchange outlives its remote.
        unsafe native.pointee.exchange = payload
        unsafe native.pointee.parent.action = { out, subtransport, _, service in
            guard let exchange = unsafe HTTPTransport.exchange(of: subtransport) else { return -1 }
            guard service == GIT_SERVICE_UPLOADPACK_LS || service == GIT_SERVICE_UPLOADPACK else {
                return -1
            }
            let stream = HTTPStream(
                exchange,
                asksForReferences: service == GIT_SERVICE_UPLOADPACK_LS
            )
            unsafe out?.pointee = stream.makeNative(for: subtransport)
            return 0
        }
        unsafe native.pointee.parent.close = { _ in 0 }
        unsafe native.pointee.parent.free = { subtransport in
            unsafe UnsafeMutableRawPointer(subtransport)?.deallocate()
        }
        unsafe out?.pointee = UnsafeMutableRawPointer(native)
            .assumingMemoryBound(to: git_smart_subtransport.self)
        return 0
    }

    private static func exchange(
        of subtransport: UnsafeMutablePointer<git_smart_subtransport>?
    ) -> RemoteExchange? {
        guard let subtransport = unsafe subtransport else { return nil }
        return unsafe subtransport.withMemoryRebound(to: cgit2_subtransport.self, capacity: 1) {
            guard let exchange = unsafe $0.pointee.exchange else { return nil }
            return unsafe Unmanaged<RemoteExchange>.fromOpaque(exchange).takeUnretainedValue()
        }
    }
}
