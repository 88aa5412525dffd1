// SPDX-License-Identifier: Apache-2.0
internal import CGit2

/// A commit's files, where nothing about them needs a closer look.
///
/// Names are of ASCII letters and harmless signs, on no filesystem the same as another or as `.git`; there are
/// no attributes, so that bytes are written as they are; there are no submodules. libgit2 looks after all
/// other trees.
struct PlainTree {
    /// In the order of the index.
    let entries: [GitIndex.Entry]
    /// Every directory, before those that it holds.
    let directories: [String]

    /// `nil` for a tree that is not plain.
    init?(_ entries: [GitIndex.Entry]) {
        var directories: [String] = []
        // By their names in lower case, files and directories alike.
        var seen: [String: String] = [:]
        var parent: Substring?
        for entry in entries {
            let path = entry.path
            guard Self.isPlain(path), Self.hasPlainMode(entry),
                seen.updateValue(path, forKey: path.lowercased()) == nil
            else { return nil }
            let current = path.lastIndex(of: "/").map { path[..<$0] } ?? ""
            if current == parent { continue }
            parent = current
            for end in path.indices where path[end] == "/" {
                let directory = path[..<end] + "/"
                let known = seen.updateValue(String(directory), forKey: directory.lowercased())
                if known == nil { directories.append(String(path[..<end])) }
                if let known, known != directory { return nil }
            }
        }
        for directory in directories where seen[directory.lowercased()] != nil { return nil }
        self.entries = entries
        self.directories = directories
    }

    private static func hasPlainMode(_ entry: GitIndex.Entry) -> Bool {
        let name = entry.path.split(separator: "/").last ?? ""
        let isGitsOwn = name.lowercased().hasPrefix(".git")
        return switch entry.mode {
        case GIT_FILEMODE_BLOB.rawValue, GIT_FILEMODE_BLOB_EXECUTABLE.rawValue: true
        case GIT_FILEMODE_LINK.rawValue: !isGitsOwn
        default: false
        }
    }

    private static func isPlain(_ path: String) -> Bool {
        let names = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return names.allSatisfy { name in
            guard name.count < 256, name.first != nil, name.last != UInt8(ascii: "."),
                name.allSatisfy(isHarmless)
            else { return false }
            let text = String(Substring(name)).lowercased()
            if text == ".gitattributes" || text == ".git" { return false }
            guard text.hasPrefix(".git") else { return true }
            return text.utf8.dropFirst(4).first.map {
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
            }
                ?? false
        }
    }

    private static func isHarmless(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "."), UInt8(ascii: "-"),
            UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "@"), UInt8(ascii: "="),
            UInt8(ascii: ","), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["),
            UInt8(ascii: "]"), UInt8(ascii: "#"), UInt8(ascii: "%"):
            true
        default: false
        }
    }
}
