// SPDX-License-Identifier: Apache-2.0
internal import CLinux

/// A pipe whose ends are both close-on-exec; pipe2(2).
package struct Pipe: ~Copyable, Sendable {
    package var reader: FileDescriptor
    package var writer: FileDescriptor

    package init() throws(SystemError) {
        var ends: [CInt] = [-1, -1]
        if unsafe clinux_pipe(&ends) != 0 { throw SystemError("pipe2", on: "pipe", .current) }
        reader = FileDescriptor(owning: ends[0])
        writer = FileDescriptor(owning: ends[1])
    }
}
