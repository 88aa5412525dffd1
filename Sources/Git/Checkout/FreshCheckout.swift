// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// Writes the files of a commit into a work tree that is new and empty, on all processors.
struct FreshCheckout {
    private let repository: GitRepository
    private let workTree: String
    private let tree: PlainTree

    /// How many files are given to a thread at once.
    private static let portion = 256

    private typealias Outcome = Result<[WrittenFile?], GitError>

    /// `nil` where libgit2 has to do it: a tree that is not plain, a work tree or a configuration with
    /// something in it.
    init?(_ repository: GitRepository, _ commit: ObjectID) throws(GitError) {
        guard let workTree = repository.workTree else { return nil }
        let path = workTree.hasSuffix("/") ? String(workTree.dropLast()) : workTree
        guard (try? Directory.names(in: path)) == [".git"],
            repository.directory == "\(path)/.git",
            (try? FileStatus(of: "\(repository.directory)/index")) == nil,
            (try? FileStatus(of: "\(repository.directory)/info/attributes")) == nil
        else { return nil }
        let settings = try GitConfiguration(file: "\(repository.directory)/config").entries()
        let isPlain = settings.allSatisfy { name, value in
            switch name {
            case "core.filemode": value == "true"
            case "core.symlinks": value == "true"
            case "core.ignorecase", "core.precomposeunicode": value == "false"
            case "core.repositoryformatversion", "core.bare", "core.logallrefupdates": true
            default: !name.hasPrefix("core.") && !name.hasPrefix("filter.")
            }
        }
        if !isPlain { return nil }
        let index = try GitIndex(ofTree: repository.details(of: commit).tree, in: repository)
        guard let tree = PlainTree(index.entries()) else { return nil }
        self.repository = repository
        self.workTree = path
        self.tree = tree
    }

    /// Writes the files, and the index.
    func run(_ operation: GitOperation) throws(GitError) {
        do throws(SystemError) {
            for directory in tree.directories {
                try Directory.create("\(workTree)/\(directory)", permissions: 0o777)
            }
        } catch {
            throw GitError(error.operation, on: error.subject, .destination, "\(error.code)")
        }
        var files = try writeFiles(operation)
        // Links come last: until then no path can lead through one.
        for (place, entry) in tree.entries.enumerated() where files[place] == nil {
            let blob = try GitBlob(entry.id, in: repository)
            files[place] = try WrittenFile(linkTo: blob, at: "\(workTree)/\(entry.path)")
        }
        var index = IndexFile(entryCount: tree.entries.count)
        for (entry, file) in zip(tree.entries, files) {
            guard let file else { preconditionFailure("every file was written") }
            index.add(entry, file)
        }
        try index.write(to: repository.directory)
    }

    private func writeFiles(_ operation: GitOperation) throws(GitError) -> [WrittenFile?] {
        let (directory, workTree) = (repository.directory, workTree)
        let workers = OrderedWorkers<[GitIndex.Entry], Outcome>("git files") { portion in
            Outcome { () throws(GitError) in
                // A handle for each thread: none of libgit2's may be used by two.
                let repository = try GitRepository(opening: directory)
                var files: [WrittenFile?] = []
                for entry in portion {
                    try operation.check(workTree)
                    files.append(try Self.write(entry, of: repository, below: workTree))
                }
                return files
            }
        }
        for start in stride(from: 0, to: tree.entries.count, by: Self.portion) {
            workers.give(Array(tree.entries[start...].prefix(Self.portion)))
        }
        var files: [WrittenFile?] = []
        var failure: GitError?
        // All are waited for, also after a failure: what they write is about to be removed.
        while let outcome = workers.take() {
            do throws(GitError) {
                files += try outcome.get()
            } catch {
                failure = failure ?? error
            }
            operation.tell(
                GitProgress(
                    phase: .checkingOut,
                    done: files.count,
                    total: tree.entries.count,
                    byteCount: 0
                )
            )
        }
        if let failure { throw failure }
        return files
    }

    /// `nil` for a link, which is left for later.
    private static func write(
        _ entry: GitIndex.Entry,
        of repository: GitRepository,
        below workTree: String
    ) throws(GitError) -> WrittenFile? {
        if entry.isLink { return nil }
        return try WrittenFile(
            GitBlob(entry.id, in: repository),
            to: "\(workTree)/\(entry.path)",
            isExecutable: entry.isExecutable
        )
    }
}
