// SPDX-License-Identifier: Apache-2.0
internal import CLinux
internal import Glibc

/// Work below a directory whose contents are not trusted: no link is followed, nothing leads out.
///
/// Paths are relative and `/`-separated. A link anywhere on the way fails with ELOOP.
extension FileDescriptor {
    /// Opens a file below this directory; openat2(2) with RESOLVE_BENEATH and RESOLVE_NO_SYMLINKS.
    ///
    /// Opening never blocks on a FIFO when `mode` has `.nonBlocking`.
    package borrowing func openBeneath(
        _ path: String,
        _ mode: Mode = .readOnly,
        permissions: UInt32 = 0o600
    ) throws(SystemError) -> FileDescriptor {
        while true {
            let opened = unsafe clinux_open_beneath(number, path, mode.rawValue, permissions)
            if opened >= 0 { return FileDescriptor(owning: opened) }
            let code = Errno.current
            // EAGAIN: a rename raced with the walk; the manual asks to try again.
            if code != .interrupted, code != .wouldBlock {
                throw SystemError("openat2", on: path, code)
            }
        }
    }

    /// Makes a directory below this one, with exactly these permissions whatever the umask is.
    ///
    /// One that is there already is left as it is.
    package borrowing func makeDirectoryBeneath(
        _ path: String,
        permissions: UInt32
    ) throws(SystemError) {
        let (parent, name) = FileDescriptor.split(path)
        let directory = try openBeneath(parent, [.path, .directory])
        if unsafe mkdirat(directory.number, name, permissions) != 0 {
            let code = Errno.current
            if code == .exists { return }
            throw SystemError("mkdirat", on: path, code)
        }
        let made = try directory.openBeneath(name, .directory)
        if fchmod(made.number, permissions) != 0 {
            throw SystemError("fchmod", on: path, .current)
        }
    }

    /// Makes or replaces a regular file below this directory, with exactly these permissions.
    package borrowing func writeBeneath(
        _ path: String,
        _ bytes: [UInt8],
        permissions: UInt32
    ) throws(SystemError) {
        let file = try openBeneath(
            path,
            [.writeOnly, .create, .truncate, .nonBlocking],
            permissions: permissions
        )
        if fchmod(file.number, permissions) != 0 {
            throw SystemError("fchmod", on: path, .current)
        }
        try file.write(bytes)
    }

    /// Gives an entry of this very directory another name there, in place of what has it; renameat(2).
    package borrowing func renameEntry(_ name: String, to newName: String) throws(SystemError) {
        if unsafe renameat(number, name, number, newName) != 0 {
            throw SystemError("renameat", on: name, .current)
        }
    }

    /// Sets the permission bits of what is open; fchmod(2).
    package borrowing func setPermissions(_ permissions: UInt32) throws(SystemError) {
        if fchmod(number, permissions) != 0 {
            throw SystemError("fchmod", on: "descriptor \(number)", .current)
        }
    }

    /// Makes a FIFO below this directory, with exactly these permissions; mkfifoat(3).
    package borrowing func makeFIFOBeneath(
        _ path: String,
        permissions: UInt32
    ) throws(SystemError) {
        let (parent, name) = FileDescriptor.split(path)
        let directory = try openBeneath(parent, [.path, .directory])
        if unsafe mkfifoat(directory.number, name, permissions) != 0
            || fchmodat(directory.number, name, permissions, 0) != 0
        {
            throw SystemError("mkfifoat", on: path, .current)
        }
    }

    /// Makes or replaces a regular file below this directory that belongs to one user.
    package borrowing func writeBeneath(
        _ path: String,
        _ bytes: Span<UInt8>,
        permissions: UInt32,
        owner: (user: UInt32, group: UInt32)
    ) throws(SystemError) {
        let file = try openBeneath(
            path,
            [.writeOnly, .create, .truncate, .nonBlocking],
            permissions: permissions
        )
        try file.assign(to: owner, permissions, path)
        try file.write(bytes)
    }

    /// Opens a regular file below this directory to write to its end, with its directories, and makes what is
    /// missing, which then belongs to one user.
    package borrowing func appendBeneath(
        _ path: String,
        permissions: UInt32,
        owner: (user: UInt32, group: UInt32)
    ) throws(SystemError) -> FileDescriptor {
        var parent = ""
        for name in path.split(separator: "/").dropLast() {
            parent += parent.isEmpty ? String(name) : "/\(name)"
            if (try? openBeneath(parent, [.path, .directory])) != nil { continue }
            try makeDirectoryBeneath(parent, permissions: 0o755, owner: owner)
        }
        let isThere = (try? openBeneath(path, .path)) != nil
        let file = try openBeneath(
            path,
            [.writeOnly, .create, .append, .nonBlocking],
            permissions: permissions
        )
        if !isThere { try file.assign(to: owner, permissions, path) }
        return file
    }

    /// Makes a directory below this one that belongs to one user; one that is there is given to them.
    package borrowing func makeDirectoryBeneath(
        _ path: String,
        permissions: UInt32,
        owner: (user: UInt32, group: UInt32)
    ) throws(SystemError) {
        try makeDirectoryBeneath(path, permissions: permissions)
        let made = try openBeneath(path, .directory)
        try made.assign(to: owner, permissions, path)
    }

    /// Gives a file away, with these permissions.
    ///
    /// An ordinary user cannot: he is himself the user 0 of his steps, and to others of theirs, who are other
    /// users of the host, the file is opened for reading and writing. It lies where only the steps come.
    private borrowing func assign(
        to owner: (user: UInt32, group: UInt32),
        _ permissions: UInt32,
        _ path: String
    ) throws(SystemError) {
        var permissions = permissions
        if fchown(number, owner.user, owner.group) != 0 {
            let code = Errno.current
            guard code == .notPermitted || code == .invalidArgument else {
                throw SystemError("fchown", on: path, code)
            }
            if owner.user != 0 {
                permissions |= (permissions & 0o700) >> 3 | (permissions & 0o700) >> 6
            }
        }
        if fchmod(number, permissions) != 0 {
            throw SystemError("fchmod", on: path, .current)
        }
    }

    /// Makes a symbolic link below this directory.
    package borrowing func linkBeneath(
        _ path: String,
        to target: String
    ) throws(SystemError) {
        let (parent, name) = FileDescriptor.split(path)
        let directory = try openBeneath(parent, [.path, .directory])
        if unsafe symlinkat(target, directory.number, name) != 0 {
            throw SystemError("symlinkat", on: path, .current)
        }
    }

    private static func split(_ path: String) -> (parent: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return (".", path) }
        return (String(path[..<slash]), String(path[path.index(after: slash)...]))
    }
}
