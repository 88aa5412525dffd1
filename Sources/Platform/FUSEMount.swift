// SPDX-License-Identifier: Apache-2.0
internal import CLinux
internal import Glibc

/// A mounted FUSE filesystem that is attached nowhere: seen only through `root`, gone with it.
///
/// It is nosuid and nodev, owned by root and open to every user, with permissions checked by the kernel.
/// Needs CAP_SYS_ADMIN and Linux 5.2. Source: fsopen(2), fsmount(2), fuse(4).
package struct FUSEMount: ~Copyable, Sendable {
    /// The filesystem's root directory.
    package let root: FileDescriptor

    /// Mounts what a server will answer on `device`, which is open to /dev/fuse.
    package init(
        on device: borrowing FileDescriptor,
        isReadOnly: Bool = true
    ) throws(SystemError) {
        let mount = clinux_fuse_mount(device.number, isReadOnly ? 1 : 0)
        if mount < 0 { throw SystemError("fsmount", on: "fuse", .current) }
        root = FileDescriptor(owning: mount)
    }

    /// Opens the device that a server answers on.
    package static func openDevice() throws(SystemError) -> FileDescriptor {
        try .open("/dev/fuse", .readWrite)
    }

    /// Attaches the filesystem to a directory, for every process of this mount namespace to see.
    package borrowing func attach(to path: String) throws(SystemError) {
        if unsafe clinux_attach_mount(root.number, path) != 0 {
            throw SystemError("move_mount", on: path, .current)
        }
    }

    /// Takes the uppermost mount off a directory, also while it is in use; umount2(2) with MNT_DETACH.
    package static func detach(from path: String) throws(SystemError) {
        if unsafe umount2(path, CInt(MNT_DETACH)) != 0 {
            throw SystemError("umount2", on: path, .current)
        }
    }
}
