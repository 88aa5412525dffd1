// SPDX-License-Identifier: Apache-2.0
import Platform
import Testing

@Suite struct FileDescriptorBlockingTests {
    @Test func `all bytes get through a pipe that someone made non-blocking`() async throws {
        let payload = (0..<(1 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let reader = try start(writing: payload)
        let received = try await SystemThread.run("reader") {
            try reader.descriptor.readToEnd(limit: 1 << 21)
        }
        #expect(received == payload)
    }

    /// The writer holds the only write end, so that reading ends with it.
    private func start(writing payload: [UInt8]) throws -> SharedDescriptor {
        let pipe = try Pipe()
        let path = "/proc/self/fd/\(pipe.writer.descriptor.number)"
        let writer = SharedDescriptor(try FileDescriptor.open(path, [.writeOnly, .nonBlocking]))
        SystemThread.start("writer") { try? writer.descriptor.writeBlocking(payload.span) }
        return pipe.reader
    }
}
