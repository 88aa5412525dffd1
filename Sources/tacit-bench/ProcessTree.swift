// SPDX-License-Identifier: Apache-2.0
import Platform

/// A process and all that it started, as /proc shows them at one moment; proc(5).
struct ProcessTree {
    /// Whether the root has ended and only waits to be waited for.
    let hasEnded: Bool
    /// The most memory in core that each process ever held, added up, in bytes.
    let peakMemory: Double

    /// Looks at the tree below a process; `nil` when there is no such process.
    init?(root: Int32) {
        guard let state = Self.field("State", of: root) else { return nil }
        hasEnded = state.hasPrefix("Z")
        var pending = [root]
        var total = 0.0
        while let process = pending.popLast() {
            let peak = Self.field("VmHWM", of: process)?.split(separator: " ").first
            total += (peak.flatMap { Double($0) } ?? 0) * 1024
            pending += Self.children(of: process)
        }
        peakMemory = total
    }

    private static func children(of process: Int32) -> [Int32] {
        let threads = (try? Directory.names(in: "/proc/\(process)/task")) ?? []
        return threads.flatMap { thread in
            text("/proc/\(process)/task/\(thread)/children")
                .split(separator: " ").compactMap { Int32($0) }
        }
    }

    private static func field(_ name: String, of process: Int32) -> String? {
        text("/proc/\(process)/status").split(separator: "\n")
            .first { $0.hasPrefix("\(name):") }
            .map { String($0.dropFirst(name.count + 1).drop { $0 == " " || $0 == "\t" }) }
    }

    private static func text(_ path: String) -> String {
        guard let file = try? FileDescriptor.open(path), let bytes = try? file.readToEnd() else {
            return ""
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
