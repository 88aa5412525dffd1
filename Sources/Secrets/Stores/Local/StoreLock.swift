// SPDX-License-Identifier: Apache-2.0
import Platform

/// The lock that a writer of the store holds, with a note of who holds it.
struct StoreLock: ~Copyable {
    private let lock: FileLock

    /// Takes the lock or fails at once.
    ///
    /// The lock is the kernel's: it ends with its process, however that ends. The note is for messages only.
    static func take(_ paths: LocalStorePaths) throws(LocalStoreError) -> StoreLock {
        do {
            let lock = StoreLock(lock: try FileLock(creating: paths.lock))
            let note = try FileDescriptor.open(paths.lock, [.writeOnly, .truncate])
            try note.write("process \(ownID())\n")
            return lock
        } catch {
            if error.code != .wouldBlock { throw .system(error) }
            throw .busy(path: paths.store, holder: holder(of: paths.lock))
        }
    }

    private static func ownID() throws(SystemError) -> String {
        let status = try FileDescriptor.open("/proc/self/stat").readToEnd(limit: 4096)
        return String(decoding: status.prefix { $0 != 0x20 }, as: UTF8.self)
    }

    private static func holder(of path: String) -> String {
        let unknown = "another process"
        guard let note = try? FileDescriptor.open(path).readToEnd(limit: 256) else {
            return unknown
        }
        let line = String(decoding: note.prefix { $0 != 0x0a }, as: UTF8.self)
        return line.hasPrefix("process ") ? line : unknown
    }
}
