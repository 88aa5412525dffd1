// SPDX-License-Identifier: Apache-2.0
internal import Glibc

extension FileDescriptor.Mode {
    /// Whether a file opened with these flags of open(2) could be changed, or is changed by opening.
    package var changesFile: Bool {
        rawValue & O_ACCMODE != O_RDONLY || rawValue & O_TRUNC != 0
    }
}
