// SPDX-License-Identifier: Apache-2.0

/// The ids that an ordinary user may map into a user namespace besides his own; subuid(5), subgid(5).
///
/// Read from the files alone: what a directory service grants is not seen.
package struct SubordinateIDs: Sendable, Hashable {
    /// A run of consecutive ids of the host.
    package struct Range: Sendable, Hashable {
        package let first: UInt32
        package let count: UInt32
    }

    /// newuidmap(1) by absolute path.
    package let userTool: String
    /// newgidmap(1) by absolute path.
    package let groupTool: String
    package let users: Range
    package let groups: Range

    /// What the user has; `nil` when the tools or a range of either kind are missing.
    package init?(ofUser user: UInt32) {
        guard let userTool = Self.tool("newuidmap"), let groupTool = Self.tool("newgidmap"),
            let users = Self.range(in: Self.text("/etc/subuid"), ofUser: user),
            let groups = Self.range(in: Self.text("/etc/subgid"), ofUser: user)
        else { return nil }
        self.userTool = userTool
        self.groupTool = groupTool
        self.users = users
        self.groups = groups
    }

    /// The first range that the lines `owner:first:count` give to the user, by number or by the name that
    /// /etc/passwd has for it.
    private static func range(in text: String, ofUser user: UInt32) -> Range? {
        let owners = [String(user)] + (name(ofUser: user).map { [$0] } ?? [])
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: ":", omittingEmptySubsequences: false)
            guard fields.count == 3, owners.contains(String(fields[0])),
                let first = UInt32(fields[1]), let count = UInt32(fields[2]), count > 0
            else { continue }
            return Range(first: first, count: count)
        }
        return nil
    }

    private static func name(ofUser user: UInt32) -> String? {
        for line in text("/etc/passwd").split(separator: "\n") {
            let fields = line.split(separator: ":", omittingEmptySubsequences: false)
            if fields.count > 2, UInt32(fields[2]) == user { return String(fields[0]) }
        }
        return nil
    }

    private static func tool(_ name: String) -> String? {
        let directories = ["/usr/bin", "/bin", "/usr/sbin", "/usr/local/bin", "/run/wrappers/bin"]
        return directories.map { "\($0)/\(name)" }.first { (try? FileStatus(of: $0)) != nil }
    }

    private static func text(_ path: String) -> String {
        guard let file = try? FileDescriptor.open(path),
            let bytes = try? file.readToEnd(limit: 1 << 20)
        else { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }
}
