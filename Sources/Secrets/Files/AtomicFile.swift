// SPDX-License-Identifier: Apache-2.0
import Platform

/// Replaces files whole: a reader, or a crash, finds the old content or the new, never a mixture.
struct AtomicFile {
    let path: String
    let files: FileOperations

    /// Writes `bytes` beside the file (`path.new`), makes them durable and gives them the file's name.
    ///
    /// The caller holds a lock against other writers. What an earlier, killed writer left in `path.new` is
    /// removed first.
    ///
    /// - Throws: the call that failed; the old content is then in place, unless the last call failed, which
    ///   only makes the new name durable.
    func replace(with bytes: Span<UInt8>) throws(SystemError) {
        let temporary = path + ".new"
        try? files.remove(temporary)
        do {
            try write(bytes, to: temporary)
            try files.rename(temporary, path)
        } catch {
            try? files.remove(temporary)
            throw error
        }
        try files.synchronizeDirectory(Self.directory(of: path))
    }

    private func write(_ bytes: Span<UInt8>, to temporary: String) throws(SystemError) {
        let file = try files.create(temporary)
        try files.write(file, bytes)
        try files.synchronize(file)
    }

    /// The path of the directory that holds `path`.
    static func directory(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
