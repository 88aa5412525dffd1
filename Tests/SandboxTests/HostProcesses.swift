// SPDX-License-Identifier: Apache-2.0
import Platform
import TestSupport
import Testing

/// The host's processes, as /proc shows them.
enum HostProcesses {
    /// Those whose command line contains a text.
    static func matching(_ marker: String) throws -> [Int32] {
        try Directory.names(in: "/proc").compactMap(Int32.init).filter { pid in
            guard let file = try? FileDescriptor.open("/proc/\(pid)/cmdline"),
                let bytes = try? file.readToEnd()
            else { return false }
            return String(decoding: bytes, as: UTF8.self).contains(marker)
        }
    }

    static func exists(_ pid: Int32) -> Bool { (try? FileStatus(of: "/proc/\(pid)")) != nil }

    /// Whether a text stands anywhere in a process's readable memory.
    static func memory(of pid: Int32, holds text: String) throws -> Bool {
        let script = """
            import re, sys
            needle = sys.stdin.read().encode()
            found = False
            with open(f'/proc/{sys.argv[1]}/mem', 'rb') as memory:
                for line in open(f'/proc/{sys.argv[1]}/maps'):
                    start, end, mode = re.match('([0-9a-f]+)-([0-9a-f]+) (....)', line).groups()
                    start, size = int(start, 16), int(end, 16) - int(start, 16)
                    # Not the kernel's own pages, nor the shadow memory of a sanitizer.
                    if mode[0] != 'r' or '[v' in line or size > 1 << 30: continue
                    memory.seek(start)
                    found |= needle in memory.read(size)
            print(found)
            """
        let outcome = try Command(["python3", "-c", script, "\(pid)"], input: text).run()
        try #require(outcome.exitCode == 0, "\(outcome)")
        return outcome.output == "True\n"
    }

    /// Waits up to five seconds until a condition holds; whether it did.
    static func eventually(_ condition: () throws -> Bool) async rethrows -> Bool {
        for _ in 0..<500 {
            if try condition() { return true }
            try? await Task.sleep(for: .milliseconds(10))
        }
        return try condition()
    }
}

extension Substring {
    /// Without spaces at its ends.
    var trimmingSpaces: Substring {
        var rest = self
        while rest.first == " " { rest.removeFirst() }
        while rest.last == " " { rest.removeLast() }
        return rest
    }
}
