// SPDX-License-Identifier: Apache-2.0
internal import CLinux

extension FileDescriptor {
    /// Copies what is left of this file into `target`; the blocks are shared where the filesystem can.
    package borrowing func copy(to target: borrowing FileDescriptor) throws(SystemError) {
        if clinux_copy_file(number, target.number) != 0 {
            throw SystemError("copy_file_range", on: "descriptor \(number)", .current)
        }
    }
}
