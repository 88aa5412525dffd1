// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// Directories by path.
package enum Directory {
    /// Creates a directory and what is missing above it.
    ///
    /// An existing directory is left as it is. `permissions` apply to every directory made, before
    /// the umask.
    package static func create(_ path: String, permissions: UInt32) throws(SystemError) {
        if unsafe mkdir(path, permissions) == 0 { return }
        let code = Errno.current
        if code == .notFound, let slash = path.lastIndex(of: "/"), slash > path.startIndex {
            try create(String(path[..<slash]), permissions: permissions)
            if unsafe mkdir(path, permissions) == 0 || Errno.current == .exists { return }
            throw SystemError("mkdir", on: path, .current)
        }
        if code != .exists { throw SystemError("mkdir", on: path, code) }
        if !FileStatus.isDirectory(path) { throw SystemError("mkdir", on: path, .exists) }
    }

    /// The names in a directory, sorted by their bytes, without `.` and `..`.
    package static func names(in path: String) throws(SystemError) -> [String] {
        guard let stream = unsafe opendir(path) else {
            throw SystemError("opendir", on: path, .current)
        }
        defer { unsafe _ = closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { start in
                unsafe start.withMemoryRebound(to: CChar.self, capacity: 256) {
                    unsafe String(cString: $0)
                }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
    }
}
