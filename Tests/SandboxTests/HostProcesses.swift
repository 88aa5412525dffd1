// SPDX-License-Identifier: Apache-2.0
import Platform

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
