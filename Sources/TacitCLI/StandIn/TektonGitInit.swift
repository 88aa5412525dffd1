// SPDX-License-Identifier: Apache-2.0
internal import Git
internal import Platform

/// What stands in for Tekton's `git-init`, the program of the `git-clone` Task.
///
/// Source: `cmd/git-init` and `pkg/git` of Tekton 0.40: the revision is fetched by itself and checked out as a
/// detached HEAD.
struct TektonGitInit {
    private var git: GitStandIn
    private var url = ""
    private var revision = ""
    private var refspec = ""
    private var path = ""
    private var isVerified = true
    private var hasSubmodules = true
    private var depth = 1
    private var directories: [String] = []

    /// Reads the flags: `-name=value`, `--name=value` or `-name value`.
    init(git: GitStandIn, _ words: [String]) throws {
        self.git = git
        var rest = words[...]
        while let word = rest.popFirst() {
            let text = word.drop { $0 == "-" }
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts.count > 1 ? String(parts[1]) : rest.popFirst() ?? ""
            switch parts[0] {
            case "url": url = value.trimming(" \t\n")
            case "revision": revision = value
            case "refspec": refspec = value
            case "path": path = value
            case "sslVerify": isVerified = value != "false"
            case "submodules": hasSubmodules = value != "false"
            case "depth": depth = Int(value) ?? 0
            case "sparseCheckoutDirectories":
                directories = value.split(separator: ",").map(String.init)
            case "terminationMessagePath": break
            default:
                throw GitStandIn.Failure(
                    message: "flag provided but not defined: -\(parts[0])",
                    code: 2
                )
            }
        }
    }

    func run() throws {
        let place = git.path(path.isEmpty ? "." : path)
        let repository = try GitRepository(initializing: place, isBare: false)
        let address = try GitAddress(url)
        if repository.remoteAddress("origin") == nil {
            try repository.addRemote("origin", address: "\(address.url)")
        }
        try repository.configure("http.sslVerify", isVerified ? "true" : "false")
        let access = try StepAccess(environment: git.environment).access(
            for: address,
            in: repository
        )
        let names = refspec.split(separator: " ").map(String.init)
        let outcome = try GitFetch(repository).run(
            from: address.url,
            names.isEmpty ? [revision.isEmpty ? "HEAD" : revision] : names,
            depth: depth > 0 ? depth : nil,
            access: access
        )
        for note in outcome.notes { git.terminal.note("warning: \(note)") }
        let commit =
            names.isEmpty
            ? try outcome.first.map { try repository.commit(of: $0) }
            : try repository.commit(named: revision.isEmpty ? "FETCH_HEAD" : revision)
        guard let commit else {
            throw GitStandIn.Failure(message: "the repository `\(address.url)` is empty")
        }
        try repository.detachHead(at: commit)
        var request = CloneRequest(address.url, access: access)
        request.directories = directories
        request.hasSubmodules = hasSubmodules
        for note in try GitWorkTree(repository).fill(with: commit, request) {
            git.terminal.note("warning: \(note)")
        }
        git.terminal.note("Successfully cloned \(address.url) @ \(commit) in path \(place)")
    }
}

extension String {
    fileprivate func trimming(_ characters: String) -> String {
        var text = self[...]
        while let last = text.last, characters.contains(last) { text.removeLast() }
        return String(text.drop { characters.contains($0) })
    }
}
