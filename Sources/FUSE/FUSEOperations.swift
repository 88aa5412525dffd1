// SPDX-License-Identifier: Apache-2.0
internal import CFUSE
internal import Glibc

/// Turns libfuse's callbacks into calls of a `FUSEFilesystem`; the session's user data points here.
final class FUSEOperations: Sendable {
    let filesystem: any FUSEFilesystem

    init(_ filesystem: any FUSEFilesystem) {
        self.filesystem = filesystem
    }

    /// The filesystem that a request is for.
    ///
    /// The session outlives its requests and owns this object.
    private static func filesystem(of request: fuse_req_t) -> any FUSEFilesystem {
        guard let data = unsafe fuse_req_userdata(request) else {
            preconditionFailure("the session was made with its operations as user data")
        }
        let operations = unsafe Unmanaged<FUSEOperations>.fromOpaque(data)
        return unsafe operations._withUnsafeGuaranteedRef { $0.filesystem }
    }

    private static func modify(_ request: fuse_req_t?, _ modification: FUSEModification) {
        guard let request = unsafe request else { return }
        let filesystem = unsafe FUSEOperations.filesystem(of: request)
        filesystem.modify(modification, reply: unsafe FUSEReply(request))
    }

    static func table() -> fuse_lowlevel_ops {
        var table = fuse_lowlevel_ops()
        addInodes(to: &table)
        addFiles(to: &table)
        addDirectories(to: &table)
        addNameModifications(to: &table)
        addContentModifications(to: &table)
        return table
    }

    private static func addInodes(to table: inout fuse_lowlevel_ops) {
        unsafe table.lookup = { request, parent, name in
            guard let request = unsafe request, let name = unsafe name else { return }
            let bytes = unsafe UnsafeRawPointer(name).assumingMemoryBound(to: UInt8.self)
            let span = unsafe Span(_unsafeStart: bytes, count: strlen(name))
            let reply = unsafe FUSEEntryReply(request)
            unsafe FUSEOperations.filesystem(of: request).lookUp(
                span,
                in: UInt64(parent),
                reply: reply
            )
        }
        unsafe table.forget = { request, inode, count in
            guard let request = unsafe request else { return }
            unsafe FUSEOperations.filesystem(of: request).forget(UInt64(inode), count: count)
            unsafe fuse_reply_none(request)
        }
        unsafe table.getattr = { request, inode, _ in
            guard let request = unsafe request else { return }
            let reply = unsafe FUSEAttributesReply(request)
            unsafe FUSEOperations.filesystem(of: request).attributes(
                of: UInt64(inode),
                reply: reply
            )
        }
        unsafe table.statfs = { request, _ in
            guard let request = unsafe request else { return }
            let reply = unsafe FUSEStatisticsReply(request)
            unsafe FUSEOperations.filesystem(of: request).statistics(reply: reply)
        }
    }

    /// `flush` stays unset: a kernel that does not know `noflush` (before 5.18) asks once, gets ENOSYS, and
    /// never asks again.
    private static func addFiles(to table: inout fuse_lowlevel_ops) {
        unsafe table.open = { request, inode, information in
            guard let request = unsafe request, let information = unsafe information else { return }
            let flags = unsafe information.pointee.flags
            let caller = unsafe FUSEContext(of: request)
            let reply = unsafe FUSEOpenReply(request)
            unsafe FUSEOperations.filesystem(of: request)
                .open(UInt64(inode), flags: flags, by: caller, reply: reply)
        }
        unsafe table.read = { request, _, count, offset, information in
            guard let request = unsafe request, let information = unsafe information else { return }
            let handle = unsafe information.pointee.fh
            let caller = unsafe FUSEContext(of: request)
            let reply = unsafe FUSEDataReply(request)
            unsafe FUSEOperations.filesystem(of: request)
                .read(handle, at: offset, count: count, by: caller, reply: reply)
        }
        unsafe table.release = { request, _, information in
            guard let request = unsafe request, let information = unsafe information else { return }
            let handle = unsafe information.pointee.fh
            let reply = unsafe FUSEReply(request)
            unsafe FUSEOperations.filesystem(of: request).release(handle, reply: reply)
        }
    }

    private static func addDirectories(to table: inout fuse_lowlevel_ops) {
        unsafe table.opendir = { request, inode, _ in
            guard let request = unsafe request else { return }
            let caller = unsafe FUSEContext(of: request)
            let reply = unsafe FUSEOpenReply(request)
            unsafe FUSEOperations.filesystem(of: request)
                .openDirectory(UInt64(inode), by: caller, reply: reply)
        }
        unsafe table.readdir = { request, _, count, offset, information in
            guard let request = unsafe request, let information = unsafe information else { return }
            let handle = unsafe information.pointee.fh
            let reply = unsafe FUSEDirectoryReply(request, capacity: count)
            unsafe FUSEOperations.filesystem(of: request).readDirectory(
                handle,
                at: offset,
                reply: reply
            )
        }
        unsafe table.releasedir = { request, _, information in
            guard let request = unsafe request, let information = unsafe information else { return }
            let handle = unsafe information.pointee.fh
            let reply = unsafe FUSEReply(request)
            unsafe FUSEOperations.filesystem(of: request).releaseDirectory(handle, reply: reply)
        }
    }

    private static func addNameModifications(to table: inout fuse_lowlevel_ops) {
        unsafe table.mknod = { request, _, _, _, _ in
            unsafe FUSEOperations.modify(request, .makeNode)
        }
        unsafe table.mkdir = { request, _, _, _ in
            unsafe FUSEOperations.modify(request, .makeDirectory)
        }
        unsafe table.unlink = { request, _, _ in unsafe FUSEOperations.modify(request, .unlink) }
        unsafe table.rmdir = { request, _, _ in
            unsafe FUSEOperations.modify(request, .removeDirectory)
        }
        unsafe table.symlink = { request, _, _, _ in
            unsafe FUSEOperations.modify(request, .symbolicLink)
        }
        unsafe table.rename = { request, _, _, _, _, _ in
            unsafe FUSEOperations.modify(request, .rename)
        }
        unsafe table.link = { request, _, _, _ in unsafe FUSEOperations.modify(request, .link) }
        unsafe table.create = { request, _, _, _, _ in
            unsafe FUSEOperations.modify(request, .create)
        }
    }

    private static func addContentModifications(to table: inout fuse_lowlevel_ops) {
        unsafe table.setattr = { request, _, _, _, _ in
            unsafe FUSEOperations.modify(request, .setAttributes)
        }
        unsafe table.write = { request, _, _, _, _, _ in
            unsafe FUSEOperations.modify(request, .write)
        }
        unsafe table.fallocate = { request, _, _, _, _, _ in
            unsafe FUSEOperations.modify(request, .allocate)
        }
        unsafe table.setxattr = { request, _, _, _, _, _ in
            unsafe FUSEOperations.modify(request, .setExtendedAttribute)
        }
        unsafe table.removexattr = { request, _, _ in
            unsafe FUSEOperations.modify(request, .removeExtendedAttribute)
        }
    }
}
