// SPDX-License-Identifier: Apache-2.0
internal import Platform

extension MirrorCache {
    /// What the cache keeps of one remote.
    package struct Entry: Sendable, Hashable {
        /// The remote's address.
        package var url: String
        /// Of its files.
        package var byteCount: Int
        /// RFC 3339, UTC; empty when it was never copied from.
        package var used: String
        package var isDamaged: Bool
        let name: String
    }

    /// Every mirror, sorted by address.
    package func list() throws(GitError) -> [Entry] {
        guard FileStatus.isDirectory(directory) else { return [] }
        do {
            return try Directory.names(in: directory).filter { $0.hasSuffix(".git") }.map { name in
                let path = "\(directory)/\(name)"
                let isSound = (try? MirrorPacks(directory: "\(path)/objects/pack").check()) != nil
                return Entry(
                    url: line("\(path)/tacit-url"),
                    byteCount: try Self.byteCount(path),
                    used: line("\(path)/tacit-used"),
                    isDamaged: !isSound,
                    name: String(name.dropLast(4))
                )
            }.sorted { $0.url < $1.url }
        } catch {
            throw GitError("list", on: directory, .destination, "\(error)")
        }
    }

    /// Removes the mirrors that are damaged, and those that were not used since a moment (RFC 3339, UTC).
    ///
    /// A mirror that somebody is using stays. What killed processes left goes too.
    ///
    /// - Parameter moment: the beginning of the time in which one must have been used to stay.
    /// - Returns: what was removed.
    /// - Throws: when the cache cannot be read, or a file of it not removed.
    package func prune(unusedSince moment: String) throws(GitError) -> [Entry] {
        var removed: [Entry] = []
        for entry in try list() where entry.isDamaged || entry.used < moment {
            let path = "\(directory)/\(entry.name)"
            do throws(SystemError) {
                let lock = try FileLock(creating: "\(path).lock")
                try Directory.removeTree("\(path).new")
                try Directory.removeTree("\(path).git")
                lock.release()
                removed.append(entry)
            } catch {
                if error.code == .wouldBlock { continue }
                throw GitError(error.operation, on: error.subject, .destination, "\(error.code)")
            }
        }
        return removed
    }

    /// Removes a mirror in which damage was found, unless somebody is fetching into it.
    func discardMirror(of url: GitURL) throws(GitError) {
        let path = try mirror(of: url).path
        do throws(SystemError) {
            let lock = try FileLock(creating: "\(path).lock")
            try Directory.removeTree("\(path).git")
            lock.release()
        } catch {
            if error.code == .wouldBlock { return }
            throw GitError(error.operation, on: error.subject, .destination, "\(error.code)")
        }
    }

    private func line(_ path: String) -> String {
        guard let file = try? FileDescriptor.open(path),
            let bytes = try? file.readToEnd(limit: 4096)
        else { return "" }
        return String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    }

    private static func byteCount(_ path: String) throws(SystemError) -> Int {
        let status = try FileStatus(of: path, followingLinks: false)
        if status.kind != .directory { return status.byteCount }
        var sum = 0
        for name in try Directory.names(in: path) { sum += try byteCount("\(path)/\(name)") }
        return sum
    }
}
