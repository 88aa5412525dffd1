// SPDX-License-Identifier: Apache-2.0
internal import Glibc

extension Directory {
    /// Removes a directory with all that is in it; links are removed and not followed.
    ///
    /// One that is not there is no error. Nobody else may write to it meanwhile.
    package static func removeTree(_ path: String) throws(SystemError) {
        let status: FileStatus
        do {
            status = try FileStatus(of: path, followingLinks: false)
        } catch {
            if error.code == .notFound { return }
            throw error
        }
        guard status.kind == .directory else {
            try unlink(path)
            return
        }
        for name in try names(in: path) { try removeTree("\(path)/\(name)") }
        if unsafe rmdir(path) != 0 { throw SystemError("rmdir", on: path, .current) }
    }
}
