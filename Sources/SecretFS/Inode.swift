// SPDX-License-Identifier: Apache-2.0
internal import FUSE

/// A file or directory, from its publication until the kernel has forgotten it.
///
/// A file's inode stands for one version only: a rotation makes another inode, so that neither the kernel's
/// attributes nor a page that a mapping still holds can be of another version than the inode.
struct Inode {
    enum Content {
        case directory(DirectoryEntries)
        /// `nil` once it was withdrawn.
        case file(PublishedFile?)
    }

    let number: UInt64
    /// The directory it is in; the root's own number for the root.
    let parent: UInt64
    let name: [UInt8]
    let permissions: UInt16
    let size: Int
    /// Nanoseconds since 1970, UTC.
    var modified: Int64
    /// Whether a directory still names it.
    var isLinked = true
    /// How many lookups the kernel has not forgotten yet.
    var references: UInt64 = 0
    var content: Content

    var kind: FUSEAttributes.Kind {
        switch content {
        case .directory: .directory
        case .file: .file
        }
    }

    var attributes: FUSEAttributes {
        let linkCount =
            switch content {
            case .directory(let entries): isLinked ? 2 + entries.directoryCount : 0
            case .file: isLinked ? 1 : 0
            }
        return FUSEAttributes(
            inode: number,
            kind: kind,
            permissions: permissions,
            size: size,
            linkCount: linkCount,
            modified: modified
        )
    }

    /// The names in it; `nil` when it is a file.
    var entries: DirectoryEntries? {
        if case .directory(let entries) = content { entries } else { nil }
    }

    /// What it serves; `nil` when it is a directory or was withdrawn.
    var file: PublishedFile? {
        if case .file(let file) = content { file } else { nil }
    }

    /// Changes the names in it, which must be a directory.
    mutating func changeEntries(at time: Int64, _ change: (inout DirectoryEntries) -> Void) {
        guard case .directory(var entries) = content else {
            preconditionFailure("only a directory has entries")
        }
        // So that the entries are changed in place.
        content = .file(nil)
        change(&entries)
        content = .directory(entries)
        modified = time
    }
}
