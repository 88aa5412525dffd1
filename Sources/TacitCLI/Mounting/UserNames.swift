// SPDX-License-Identifier: Apache-2.0
internal import Diagnostics
internal import Platform

/// The users of /etc/passwd; see passwd(5).
enum UserNames {
    /// The id of a user given by name or by number.
    static func identifier(of text: String) throws(CommandFailure) -> UInt32 {
        if let number = UInt32(text), number != .max { return number }
        let users = known()
        if let user = users.first(where: { $0.name == text }) { return user.identifier }
        throw .usage(
            "there is no user `\(text)` in /etc/passwd",
            hint: NearMiss.hint(for: text, among: users.map(\.name)) ?? "give the user's number"
        )
    }

    private static func known() -> [(name: String, identifier: UInt32)] {
        guard let bytes = try? FileDescriptor.open("/etc/passwd").readToEnd(limit: 16 << 20) else {
            return []
        }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
            let fields = line.split(separator: ":", omittingEmptySubsequences: false)
            guard fields.count > 2, let identifier = UInt32(fields[2]) else { return nil }
            return (String(fields[0]), identifier)
        }
    }
}
