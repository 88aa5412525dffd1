// SPDX-License-Identifier: Apache-2.0
internal import Synchronization

/// Lets several threads write to the same sinks, one after the other; the last of them to finish ends them.
final class JoinedSink: OutputSink {
    private let sinks: [any OutputSink]
    private let writers: Mutex<Int>

    init(_ sinks: [any OutputSink], writerCount: Int) {
        self.sinks = sinks
        writers = Mutex(writerCount)
    }

    func write(_ bytes: borrowing Span<UInt8>) throws {
        let bytes = copy bytes
        try writers.withLock { _ in
            for sink in sinks { try sink.write(bytes) }
        }
    }

    func finish() throws {
        try writers.withLock { count in
            count -= 1
            if count > 0 { return }
            for sink in sinks { try sink.finish() }
        }
    }
}
