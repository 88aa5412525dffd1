// SPDX-License-Identifier: Apache-2.0
internal import Glibc

extension Directory {
    /// Gives a file another name, replacing what has it; rename(2).
    package static func rename(_ path: String, to newPath: String) throws(SystemError) {
        if unsafe Glibc.rename(path, newPath) != 0 {
            throw SystemError("rename", on: path, .current)
        }
    }

    /// Takes an empty directory away; rmdir(2).
    package static func removeEmpty(_ path: String) throws(SystemError) {
        if unsafe Glibc.rmdir(path) != 0 { throw SystemError("rmdir", on: path, .current) }
    }

    /// Takes a file's name away; unlink(2).
    package static func unlink(_ path: String) throws(SystemError) {
        if unsafe Glibc.unlink(path) != 0 { throw SystemError("unlink", on: path, .current) }
    }

    /// Makes the names in a directory durable; fsync(2).
    package static func synchronize(_ path: String) throws(SystemError) {
        let directory = try FileDescriptor.open(path, [.readOnly, .directory])
        try directory.synchronize()
    }
}
