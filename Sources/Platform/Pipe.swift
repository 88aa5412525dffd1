// SPDX-License-Identifier: Apache-2.0
internal import CLinux

/// A pipe whose ends are both close-on-exec; pipe2(2).
package struct Pipe: Sendable {
    package var reader: SharedDescriptor
    package var writer: SharedDescriptor

    package init() throws(SystemError) {
        var ends: [CInt] = [-1, -1]
        if unsafe clinux_pipe(&ends) != 0 { throw SystemError("pipe2", on: "pipe", .current) }
        reader = SharedDescriptor(FileDescriptor(owning: ends[0]))
        writer = SharedDescriptor(FileDescriptor(owning: ends[1]))
    }
}
