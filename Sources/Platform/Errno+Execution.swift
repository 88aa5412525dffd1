// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// What execve(2) answers besides.
extension Errno {
    package static let argumentsTooLong = Errno(rawValue: E2BIG)
    package static let notExecutable = Errno(rawValue: ENOEXEC)
}
