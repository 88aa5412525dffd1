// SPDX-License-Identifier: Apache-2.0
internal import CGit2

/// The part of a repository's store that takes the packs of fetches, in libgit2's terms.
///
/// Thread rule: libgit2 calls it on the thread of the job.
@safe final class PackBackend {
    private let directory: String
    private var receiver: PackReceiver?
    private var opening: GitError?

    /// Above libgit2's own parts, which are 1 and 2.
    private static let priority: CInt = 100

    /// - Parameter directory: `objects/pack` of the repository.
    private init(directory: String) { self.directory = directory }

    /// Our own reason behind an error that libgit2 reports as its caller's.
    var failure: GitError? { opening ?? receiver?.failure }

    /// Makes a repository take its packs so; once.
    static func add(to repository: GitRepository) throws(GitError) -> PackBackend {
        var store: OpaquePointer?
        let found = unsafe cgit2_repository_odb(&store, repository.native)
        try LibraryCheck.succeeded(found, "git_repository_odb", on: repository.directory)
        defer { unsafe cgit2_odb_free(store) }
        let backend = PackBackend(directory: "\(repository.directory)/objects/pack")
        let native = unsafe backend.makeNative()
        let code = unsafe UnsafeMutableRawPointer(native)
            .withMemoryRebound(to: git_odb_backend.self, capacity: 1) { parent in
                unsafe cgit2_odb_add_backend(store, parent, Self.priority)
            }
        try LibraryCheck.succeeded(code, "git_odb_add_backend", on: repository.directory)
        return backend
    }

    /// Makes the C object, which owns this one.
    private func makeNative() -> UnsafeMutablePointer<cgit2_pack_backend> {
        let native = UnsafeMutablePointer<cgit2_pack_backend>.allocate(capacity: 1)
        unsafe native.initialize(to: cgit2_pack_backend())
        unsafe native.pointee.parent.version = UInt32(GIT_ODB_BACKEND_VERSION)
        unsafe native.pointee.owner = Unmanaged.passRetained(self).toOpaque()
        unsafe native.pointee.parent.foreach = { _, _, _ in 0 }
        unsafe native.pointee.parent.writepack = { out, backend, store, callback, payload in
            guard let backend = unsafe backend, let store = unsafe store else { return -1 }
            let owner = unsafe UnsafeMutableRawPointer(backend)
                .assumingMemoryBound(to: cgit2_pack_backend.self).pointee.owner
            guard let owner = unsafe owner else { return -1 }
            let progress = unsafe PackReceiver.Progress(callback: callback, payload: payload)
            return unsafe Unmanaged<PackBackend>.fromOpaque(owner).takeUnretainedValue()
                .receive(out, backend, store, progress)
        }
        unsafe native.pointee.parent.free = { backend in
            guard let backend = unsafe backend else { return }
            let native = unsafe UnsafeMutableRawPointer(backend)
                .assumingMemoryBound(to: cgit2_pack_backend.self)
            if let owner = unsafe native.pointee.owner {
                unsafe Unmanaged<PackBackend>.fromOpaque(owner).release()
            }
            unsafe native.deallocate()
        }
        return unsafe native
    }

    private func receive(
        _ out: UnsafeMutablePointer<UnsafeMutablePointer<git_odb_writepack>?>?,
        _ backend: UnsafeMutablePointer<git_odb_backend>,
        _ store: OpaquePointer,
        _ progress: PackReceiver.Progress
    ) -> CInt {
        let receiver: PackReceiver
        do throws(GitError) {
            receiver = unsafe try PackReceiver(directory: directory, store: store, progress)
        } catch {
            opening = error
            return GIT_EUSER.rawValue
        }
        self.receiver = receiver
        let native = UnsafeMutablePointer<cgit2_writepack>.allocate(capacity: 1)
        unsafe native.initialize(to: cgit2_writepack())
        unsafe native.pointee.receiver = Unmanaged.passRetained(receiver).toOpaque()
        unsafe native.pointee.parent.backend = backend
        unsafe native.pointee.parent.append = { pack, bytes, count, stats in
            guard let receiver = unsafe PackBackend.receiver(pack), let stats = unsafe stats else {
                return -1
            }
            let bytes = unsafe UnsafeRawBufferPointer(start: bytes, count: count)
            return unsafe receiver.append(bytes, &stats.pointee)
        }
        unsafe native.pointee.parent.commit = { pack, stats in
            guard let receiver = unsafe PackBackend.receiver(pack), let stats = unsafe stats else {
                return -1
            }
            return unsafe receiver.commit(&stats.pointee)
        }
        unsafe native.pointee.parent.free = { pack in
            guard let pack = unsafe pack else { return }
            let native = unsafe UnsafeMutableRawPointer(pack)
                .assumingMemoryBound(to: cgit2_writepack.self)
            if let receiver = unsafe native.pointee.receiver {
                unsafe Unmanaged<PackReceiver>.fromOpaque(receiver).release()
            }
            unsafe native.deallocate()
        }
        unsafe out?.pointee = UnsafeMutableRawPointer(native)
            .assumingMemoryBound(to: git_odb_writepack.self)
        return 0
    }

    private static func receiver(
        _ pack: UnsafeMutablePointer<git_odb_writepack>?
    ) -> PackReceiver? {
        guard let pack = unsafe pack else { return nil }
        let native = unsafe UnsafeMutableRawPointer(pack)
            .assumingMemoryBound(to: cgit2_writepack.self)
        guard let receiver = unsafe native.pointee.receiver else { return nil }
        return unsafe Unmanaged<PackReceiver>.fromOpaque(receiver).takeUnretainedValue()
    }
}
