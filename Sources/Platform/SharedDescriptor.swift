// SPDX-License-Identifier: Apache-2.0

/// A file descriptor that several holders share; closed when the last one lets go.
package final class SharedDescriptor: Sendable {
    package let descriptor: FileDescriptor

    package init(_ descriptor: consuming FileDescriptor) {
        self.descriptor = descriptor
    }
}
