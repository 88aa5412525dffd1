// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// Which directories of a repository are checked out: all, or some with the files above them.
///
/// What git calls a sparse checkout in cone mode: the entries that are left out stay in the index and are
/// marked, so that `git status` finds nothing missing.
struct SparseSelection {
    private let directories: [String]

    /// Directories from the top of the repository; none for everything.
    init(_ directories: [String]) {
        self.directories = directories.map { directory in
            let names = directory.split(separator: "/").filter { $0 != "." }
            return names.joined(separator: "/")
        }.filter { !$0.isEmpty }
    }

    /// Checks out what is selected of HEAD.
    func checkOut(
        _ repository: GitRepository,
        _ commit: ObjectID,
        _ operation: GitOperation
    ) throws(GitError) {
        let checkout = GitCheckout(repository, operation)
        if directories.isEmpty {
            try checkout.run(commit)
            return
        }
        let all = try GitIndex(ofTree: repository.details(of: commit).tree, in: repository)
        try checkout.run(commit, paths: all.entries().map(\.path).filter(isSelected))
        try GitIndex(of: repository).addSkipped(from: all)
        try repository.configure("core.sparseCheckout", "true")
        try repository.configure("core.sparseCheckoutCone", "true")
        try writePatterns(in: repository)
    }

    /// A file of a chosen directory, or one that stands on the way to it.
    private func isSelected(_ path: String) -> Bool {
        guard let slash = path.lastIndex(of: "/") else { return true }
        let parent = path[..<slash]
        return directories.contains { directory in
            path.hasPrefix(directory + "/") || directory.hasPrefix(parent + "/")
        }
    }

    private func writePatterns(in repository: GitRepository) throws(GitError) {
        var lines = ["/*", "!/*/"]
        var seen: Set<String> = []
        for directory in directories.sorted() {
            let parts = directory.split(separator: "/").map(String.init)
            for count in 1..<max(parts.count, 1) {
                let parent = parts[..<count].joined(separator: "/")
                if seen.insert(parent).inserted { lines += ["/\(parent)/", "!/\(parent)/*/"] }
            }
            lines.append("/\(directory)/")
        }
        let path = "\(repository.directory)/info/sparse-checkout"
        do throws(SystemError) {
            try Directory.create("\(repository.directory)/info", permissions: 0o755)
            let file = try FileDescriptor.open(
                path,
                [.writeOnly, .create, .truncate],
                permissions: 0o644
            )
            try file.write(lines.map { $0 + "\n" }.joined())
        } catch {
            throw GitError(error.operation, on: path, .destination, "\(error.code)")
        }
    }
}
