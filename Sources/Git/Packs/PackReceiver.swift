// SPDX-License-Identifier: Apache-2.0
internal import CGit2
internal import Platform

/// Takes a pack that is being fetched, and makes it part of a repository.
///
/// The pack goes to a file. It is read on another thread while it comes in, and its deltas are resolved on all
/// processors; libgit2's own indexer does both after one another on one. A pack that is unusual in any way
/// is given to that indexer, from its first byte on, and its verdict counts.
///
/// Thread rule: belongs to the thread of the one job that fetches.
@safe final class PackReceiver {
    /// How libgit2 is told how far it is, and says whether to go on.
    @safe struct Progress {
        let callback: git_indexer_progress_cb?
        let payload: UnsafeMutableRawPointer?

        func tell(_ progress: git_indexer_progress) -> CInt {
            var progress = progress
            guard let callback = unsafe callback else { return 0 }
            return unsafe callback(&progress, payload)
        }
    }

    /// The `objects/pack` directory.
    private let directory: String
    private let store: OpaquePointer
    private let progress: Progress
    private let temporary: String
    private let file: SharedDescriptor
    private var byteCount = 0
    private let reading: PackReading
    /// libgit2's indexer, once it has taken over.
    private var indexer: OpaquePointer?
    /// Why a file could not be written; the reason behind the code that libgit2 gets.
    private(set) var failure: GitError?

    init(directory: String, store: OpaquePointer, _ progress: Progress) throws(GitError) {
        self.directory = directory
        unsafe self.store = store
        self.progress = progress
        do {
            try Directory.create(directory, permissions: 0o755)
            let random = try RandomBytes.system.bytes(8).map { String($0, radix: 16) }.joined()
            temporary = "\(directory)/tmp_pack_\(random)"
            let mode: FileDescriptor.Mode = [.readWrite, .create, .exclusive]
            file = SharedDescriptor(try .open(temporary, mode, permissions: 0o444))
        } catch {
            throw GitError(error.operation, on: error.subject, .destination, "\(error.code)")
        }
        // It has a thread, which only `deinit` ends.
        reading = PackReading()
    }

    deinit {
        reading.stop()
        try? Directory.unlink(temporary)
        unsafe cgit2_indexer_free(indexer)
    }

    /// Takes the next bytes; a negative code ends the fetch.
    func append(_ bytes: UnsafeRawBufferPointer, _ stats: inout git_indexer_progress) -> CInt {
        if unsafe indexer != nil {
            return unsafe cgit2_indexer_append(indexer, bytes.baseAddress, bytes.count, &stats)
        }
        let piece = unsafe [UInt8](bytes)
        do {
            try file.descriptor.write(piece)
        } catch {
            return fail(error)
        }
        byteCount += piece.count
        guard reading.give(piece) else { return giveToLibrary(&stats) }
        note(&stats, deltas: 0)
        return progress.tell(stats)
    }

    /// Makes what came a pack of the repository; a negative code means that it is none.
    func commit(_ stats: inout git_indexer_progress) -> CInt {
        if unsafe indexer != nil { return unsafe cgit2_indexer_commit(indexer, &stats) }
        do {
            let pack = try reading.finish()
            let stopped = try resolve(pack, &stats)
            if stopped < 0 { return stopped }
            try publish(pack)
            return 0
        } catch let error as SystemError {
            return fail(error)
        } catch {
            let code = giveToLibrary(&stats)
            return code < 0 ? code : unsafe cgit2_indexer_commit(indexer, &stats)
        }
    }

    private func resolve(
        _ pack: PackReading.Pack,
        _ stats: inout git_indexer_progress
    ) throws -> CInt {
        let resolution = DeltaResolution(pack.table, pack: file)
        resolution.start()
        var code: CInt = 0
        while !resolution.hasEnded {
            SystemThread.sleep(nanoseconds: 1_000_000)
            note(&stats, deltas: resolution.count)
            if code >= 0 { code = progress.tell(stats) }
            if code < 0 { resolution.stop() }
        }
        if code < 0 { return code }
        try resolution.check()
        note(&stats, deltas: resolution.count)
        return progress.tell(stats)
    }

    /// Gives both files their names; the index comes last, as it makes the pack known.
    private func publish(_ pack: PackReading.Pack) throws {
        let name = pack.trailer.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let index = "\(temporary).idx"
        defer { try? Directory.unlink(index) }
        try PackIndexFile(pack.table, trailer: pack.trailer).write(to: index)
        try Directory.rename(temporary, to: "\(directory)/pack-\(name).pack")
        try Directory.rename(index, to: "\(directory)/pack-\(name).idx")
    }

    private func note(_ stats: inout git_indexer_progress, deltas: Int) {
        let seen = reading.progress
        stats.total_objects = UInt32(truncatingIfNeeded: seen.total)
        stats.received_objects = UInt32(truncatingIfNeeded: seen.objects)
        stats.indexed_objects = UInt32(truncatingIfNeeded: seen.objects - seen.deltas + deltas)
        stats.total_deltas = UInt32(truncatingIfNeeded: seen.deltas)
        stats.indexed_deltas = UInt32(truncatingIfNeeded: deltas)
        stats.received_bytes = byteCount
    }

    /// Starts libgit2's indexer and gives it all that has come so far.
    private func giveToLibrary(_ stats: inout git_indexer_progress) -> CInt {
        reading.stop()
        stats = git_indexer_progress()
        var options = unsafe git_indexer_options()
        let version = UInt32(GIT_INDEXER_OPTIONS_VERSION)
        let made = unsafe cgit2_indexer_options_init(&options, version)
        if made < 0 { return made }
        unsafe options.progress_cb = progress.callback
        unsafe options.progress_cb_payload = progress.payload
        let code = unsafe cgit2_indexer_new(&indexer, directory, 0o444, store, &options)
        if code < 0 { return code }
        var position = 0
        while position < byteCount {
            do throws(SystemError) {
                let count = min(1 << 16, byteCount - position)
                let piece = try file.descriptor.read(count: count, at: position)
                position += piece.count
                let code = unsafe piece.withUnsafeBytes { bytes in
                    unsafe cgit2_indexer_append(indexer, bytes.baseAddress, bytes.count, &stats)
                }
                if code < 0 || piece.isEmpty { return min(code, -1) }
            } catch {
                return fail(error)
            }
        }
        return 0
    }

    private func fail(_ error: any Error) -> CInt {
        let words = (error as? SystemError).map { "\($0.code)" } ?? "\(error)"
        failure = GitError("write", on: temporary, .destination, words)
        return GIT_EUSER.rawValue
    }
}

// MARK: - without libgit2's fetch

extension PackReceiver {
    /// Takes a pack for a repository from elsewhere than its remote.
    convenience init(for repository: GitRepository) throws(GitError) {
        var store: OpaquePointer?
        let found = unsafe cgit2_repository_odb(&store, repository.native)
        try LibraryCheck.succeeded(found, "git_repository_odb", on: repository.directory)
        defer { unsafe cgit2_odb_free(store) }
        guard let store = unsafe store else {
            preconditionFailure("a store that was found is there")
        }
        // The repository holds the store, and outlives this.
        unsafe try self.init(
            directory: "\(repository.directory)/objects/pack",
            store: store,
            Progress(callback: nil, payload: nil)
        )
    }

    /// Takes a whole pack; whether it is one.
    func receive(_ pack: [UInt8], inPiecesOf size: Int) -> Bool {
        var stats = git_indexer_progress()
        for start in stride(from: 0, to: pack.count, by: size) {
            let piece = Array(pack[start...].prefix(size))
            let code = unsafe piece.withUnsafeBytes { unsafe append($0, &stats) }
            if code < 0 { return false }
        }
        return commit(&stats) >= 0
    }

    /// Whether libgit2's indexer has taken over.
    var isLibrary: Bool { unsafe indexer != nil }
}
