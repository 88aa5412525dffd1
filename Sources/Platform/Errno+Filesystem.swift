// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// What a filesystem answers besides.
extension Errno {
    package static let notImplemented = Errno(rawValue: ENOSYS)
    package static let badDescriptor = Errno(rawValue: EBADF)
    package static let nameTooLong = Errno(rawValue: ENAMETOOLONG)
}
