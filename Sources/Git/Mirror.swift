// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// The bare mirror of one remote.
struct Mirror {
    let url: GitURL
    /// Without the suffixes: `.git` for the repository, `.lock` for its lock.
    let path: String
    let clock: WallClock

    /// More packs than this, and the mirror is fetched anew: each fetch adds one, and all are searched.
    private static let packLimit = 50

    /// Asks the server, brings the mirror up to date if it must be, and copies its objects.
    ///
    /// The server is asked each time, with the credentials of this request: a private repository is handed
    /// out only to whom the server shows it.
    func supply(
        _ repository: GitRepository,
        request: CloneRequest,
        operation: GitOperation
    ) throws(GitError) -> FetchedHistory {
        let mirror = try open(operation)
        let own = ObjectStore(directory: "\(repository.directory)/objects")
        let early = MirrorCopy(
            from: ObjectStore(directory: "\(mirror.directory)/objects"),
            to: own,
            lock: "\(path).lock",
            operation
        )
        defer { early.finish() }
        let session = try RemoteSession(
            url,
            for: mirror,
            access: request.access,
            operation: operation
        )
        guard let target = try session.target(of: request.revision) else {
            // To whom the server shows nothing, nothing is handed out.
            early.finish()
            try own.clear()
            return FetchedHistory()
        }
        let isKnown = try update(mirror, session, target, operation)
        if !early.finish() { try own.clear() }
        try withLock(isShared: true, operation) { () throws(GitError) in
            try use(mirror, repository, operation)
        }
        var fetched = try session.history(target, revision: request.revision, in: repository)
        if try mirror.referenceNames().filter({ !$0.hasPrefix("refs/tags/") }).count > 1 {
            fetched.tags = try ReachableTags(session.references).find(
                from: fetched.commit,
                in: repository
            )
        }
        fetched.isFromCache = isKnown
        return fetched
    }

    /// Brings one revision into the mirror, for reading from it.
    ///
    /// - Returns: the mirror, and the commit in it.
    func bring(
        _ revision: String?,
        access: GitAccess,
        operation: GitOperation
    ) throws(GitError) -> (GitRepository, ObjectID) {
        let mirror = try open(operation)
        let session = try RemoteSession(url, for: mirror, access: access, operation: operation)
        guard let target = try session.target(of: revision) else {
            throw GitError("fetch", on: "\(url)", .noSuchRevision, "the repository is empty")
        }
        _ = try update(mirror, session, target, operation)
        let fetched = try session.history(target, revision: revision, in: mirror)
        guard let commit = fetched.commit else {
            preconditionFailure("the history of a target has its commit")
        }
        noteUse("\(path).git")
        return (mirror, commit)
    }

    /// Opens the repository; makes it, or makes it anew, where it is missing or damaged.
    private func open(_ operation: GitOperation) throws(GitError) -> GitRepository {
        if let sound = try? sound() { return sound }
        return try withLock(isShared: false, operation) { () throws(GitError) in
            if let sound = try? sound() { return sound }
            return try make()
        }
    }

    private func make() throws(GitError) -> GitRepository {
        do {
            let new = "\(path).new"
            try Directory.removeTree(new)
            try Directory.removeTree("\(path).git")
            _ = try GitRepository(initializing: new, isBare: true)
            let file = try FileDescriptor.open("\(new)/tacit-url", [.writeOnly, .create])
            try file.write("\(url)\n")
            noteUse(new)
            try Directory.rename(new, to: "\(path).git")
            return try GitRepository(opening: "\(path).git")
        } catch let error as SystemError {
            throw GitError(error.operation, on: error.subject, .destination, "\(error.code)")
        } catch let error as GitError {
            throw error
        } catch {
            preconditionFailure("making a mirror throws no other error: \(error)")
        }
    }

    private func sound() throws(GitError) -> GitRepository? {
        guard FileStatus.isDirectory("\(path).git") else { return nil }
        let repository = try GitRepository(opening: "\(path).git")
        let packs = try MirrorPacks(directory: "\(path).git/objects/pack").check()
        return packs <= Self.packLimit ? repository : nil
    }

    /// Fetches what the target needs and the mirror lacks.
    ///
    /// - Returns: whether it lacked nothing.
    private func update(
        _ mirror: GitRepository,
        _ session: RemoteSession,
        _ target: RemoteTarget,
        _ operation: GitOperation
    ) throws(GitError) -> Bool {
        // Whoever waits looks again meanwhile: what another one fetched is there before the lock is free, and those
        // who only copy would keep it from being so for long.
        while !has(target, session, mirror) {
            if let lock = try tryLock(isShared: false) {
                mirror.refreshObjects()
                let isThere = has(target, session, mirror)
                if !isThere {
                    removeRemains()
                    _ = try session.download(target)
                    try keep(mirror, session, target)
                }
                lock.release()
                return isThere
            }
            try operation.check("\(url)")
            SystemThread.sleep(nanoseconds: 5_000_000)
            mirror.refreshObjects()
        }
        return true
    }

    /// Names what was fetched, so that the next fetch can say that it is here.
    private func keep(
        _ mirror: GitRepository,
        _ session: RemoteSession,
        _ target: RemoteTarget
    ) throws(GitError) {
        if let id = target.id {
            let name = target.reference ?? "refs/tacit/\(id)"
            let kept = name == "HEAD" ? "refs/tacit/HEAD" : name
            try mirror.setReference(kept, to: id, message: "fetch")
        } else {
            for reference in session.references where mirror.hasObject(reference.id) {
                guard reference.name.hasPrefix("refs/") else { continue }
                try mirror.setReference(reference.name, to: reference.id, message: "fetch")
            }
        }
    }

    private func has(
        _ target: RemoteTarget,
        _ session: RemoteSession,
        _ mirror: GitRepository
    ) -> Bool {
        if let id = target.id {
            guard mirror.hasObject(id) else { return false }
            if case .tag = target.kind { return true }
            // Tags that lead into what is there may have come since.
            return session.references.allSatisfy { tag in
                guard tag.name.hasPrefix("refs/tags/"), let peeled = tag.peeled else { return true }
                return mirror.hasObject(tag.id) || !mirror.hasObject(peeled)
            }
        }
        return session.references.allSatisfy { reference in
            let isFetched =
                reference.name.hasPrefix("refs/heads/") || reference.name.hasPrefix("refs/tags/")
            return !isFetched || mirror.hasObject(reference.id)
        }
    }

    /// Copies what is not there yet.
    private func use(
        _ mirror: GitRepository,
        _ repository: GitRepository,
        _ operation: GitOperation
    ) throws(GitError) {
        let own = ObjectStore(directory: "\(repository.directory)/objects")
        try ObjectStore(directory: "\(mirror.directory)/objects").copy(to: own, operation)
        repository.refreshObjects()
        noteUse("\(path).git")
    }

    /// Notes when it was used last, for `cache prune`.
    ///
    /// A mirror that cannot say so is none the worse.
    private func noteUse(_ directory: String) {
        let file = try? FileDescriptor.open(
            "\(directory)/tacit-used",
            [.writeOnly, .create, .truncate]
        )
        if let file { try? file.write("\(clock.now().seconds)\n") }
    }

    private func withLock<Outcome>(
        isShared: Bool,
        _ operation: GitOperation,
        _ body: () throws(GitError) -> Outcome
    ) throws(GitError) -> Outcome {
        let lock = try lock(isShared: isShared, operation)
        let outcome = try body()
        lock.release()
        return outcome
    }

    /// Waits for the lock; others may hold it for as long as a fetch takes.
    private func lock(
        isShared: Bool,
        _ operation: GitOperation
    ) throws(GitError) -> FileLock {
        while true {
            if let lock = try tryLock(isShared: isShared) { return lock }
            try operation.check("\(url)")
            SystemThread.sleep(nanoseconds: 20_000_000)
        }
    }

    /// The lock; `nil` while others hold it.
    private func tryLock(isShared: Bool) throws(GitError) -> FileLock? {
        do throws(SystemError) {
            return try FileLock(creating: "\(path).lock", isShared: isShared)
        } catch {
            if error.code == .wouldBlock { return nil }
            throw GitError(error.operation, on: error.subject, .destination, "\(error.code)")
        }
    }

    /// Removes what a process left that was killed while it wrote; the lock is held.
    private func removeRemains() {
        let packs = "\(path).git/objects/pack"
        let names = Set((try? Directory.names(in: packs)) ?? [])
        for name in names {
            let isWithoutIndex =
                name.hasSuffix(".pack") && !names.contains("\(name.dropLast(5)).idx")
            if !name.hasPrefix("pack-") || name.hasSuffix(".lock") || isWithoutIndex {
                try? Directory.unlink("\(packs)/\(name)")
            }
        }
        removeLocks(below: "\(path).git/refs")
        for name in (try? Directory.names(in: "\(path).git")) ?? [] where name.hasSuffix(".lock") {
            try? Directory.unlink("\(path).git/\(name)")
        }
    }

    private func removeLocks(below directory: String) {
        for name in (try? Directory.names(in: directory)) ?? [] {
            let path = "\(directory)/\(name)"
            if FileStatus.isDirectory(path) {
                removeLocks(below: path)
            } else if name.hasSuffix(".lock") {
                try? Directory.unlink(path)
            }
        }
    }
}
