// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// What a run left in a bound directory that would give others power over the host.
///
/// No step can use it there, as such directories are mounted without set-uid programs and devices; the host's own
/// users can.
enum PrivilegedFiles {
    private static let setUser: UInt32 = 0o4000
    private static let setGroup: UInt32 = 0o2010

    /// The set-uid and set-gid programs, those with capabilities and the devices of a directory that are new since a
    /// time in seconds; blocks.
    ///
    /// Links are not followed, and what cannot be read is passed over.
    static func left(in directory: String, since start: Int) -> [String] {
        var found: [String] = []
        var open = [directory]
        while let path = open.popLast() {
            for name in (try? Directory.names(in: path)) ?? [] {
                let file = "\(path)/\(name)"
                guard let status = try? FileStatus(of: file, followingLinks: false) else {
                    continue
                }
                if status.kind == .directory {
                    open.append(file)
                } else if status.changed >= start, isPrivileged(status, file) {
                    found.append(file)
                }
            }
        }
        return found.sorted()
    }

    private static func isPrivileged(_ status: FileStatus, _ path: String) -> Bool {
        switch status.kind {
        case .device: true
        case .regular:
            status.permissions & setUser != 0 || status.permissions & setGroup == setGroup
                || FileStatus.hasCapabilities(path)
        case .directory, .link, .other: false
        }
    }

    /// What is said of them, in one line; `nil` when there are none.
    static func warning(_ files: [String]) -> String? {
        guard let first = files.first else { return nil }
        let others = files.count > 1 ? " and \(files.count - 1) more" : ""
        return
            "the run left set-uid programs or devices in a bound directory: `\(first)`\(others); whoever "
            + "reaches them on this host has their power: take it away with `chmod ug-s` and `setcap -r`, or remove them"
    }
}
