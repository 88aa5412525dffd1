// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// Where else than in files a planted value may stand: in what any process of this host shows of itself, and in
/// the memory that processes share.
package enum ProcessTraces {
    /// The arguments, environments and shared files that hold one of the values.
    ///
    /// A test's own helpers may be given a value in their arguments for a moment, so only what stays counts.
    package static func holding(_ values: [String]) throws -> [String] {
        let directory = try TemporaryDirectory()
        let list = try directory.write(values.joined(separator: "\n") + "\n", to: "values")
        let script = """
            grep -laF -f "$0" /proc/[0-9]*/environ /proc/[0-9]*/cmdline 2>/dev/null
            grep -rlaF -f "$0" /dev/shm 2>/dev/null
            find / -xdev -maxdepth 1 -name 'core*' -type f -exec grep -laF -f "$0" {} + 2>/dev/null
            """
        var found: Set<String> = []
        for attempt in 0..<4 {
            if attempt > 0 { SystemThread.sleep(nanoseconds: 250_000_000) }
            let search = try Command(["sh", "-c", script, list]).run()
            let now = Set(search.output.split(separator: "\n").map(String.init))
            found = attempt == 0 ? now : found.intersection(now)
            if found.isEmpty { return [] }
        }
        return found.sorted()
    }
}
