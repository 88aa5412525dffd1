// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// Finds the files that Git LFS would have replaced by what they point at.
struct LFSPointers {
    private static let start = Array("version https://git-lfs.github.com/spec/".utf8)
    /// Of a pointer, in bytes; LFS's own limit.
    private static let limit = 1024

    /// What to say of a work tree that holds pointers; `nil` when it holds none.
    static func note(in repository: GitRepository, _ tree: String) throws(GitError) -> String? {
        let entries = try GitIndex(of: repository).entries()
        guard entries.contains(where: { $0.path.hasSuffix(".gitattributes") }) else { return nil }
        let pointers = entries.filter { entry in
            guard entry.byteCount > start.count, entry.byteCount < limit,
                let file = try? FileDescriptor.open("\(tree)/\(entry.path)", .noFollow),
                let head = try? file.read(count: start.count, at: 0)
            else { return false }
            return head == start
        }
        guard let first = pointers.first else { return nil }
        return "\(pointers.count) files are Git LFS pointers, not what they stand for "
            + "(`\(first.path)`); run `git lfs pull` there"
    }
}
