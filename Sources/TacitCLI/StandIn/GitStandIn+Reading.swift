// SPDX-License-Identifier: Apache-2.0
internal import Git
internal import Platform

extension GitStandIn {
    /// `git rev-parse`.
    func parseRevision(_ words: [String]) throws {
        let repository = try repository()
        var short: Int?
        var namesBranch = false
        for word in words {
            switch word {
            case "--verify", "-q", "--quiet": break
            case "--abbrev-ref": namesBranch = true
            case "--show-toplevel":
                guard let tree = repository.workTree else {
                    throw Failure(message: "this operation must be run in a work tree")
                }
                terminal.write(tree + "\n")
            case "--is-inside-work-tree":
                terminal.write(repository.workTree == nil ? "false\n" : "true\n")
            case "--git-dir", "--absolute-git-dir":
                let isTop = repository.workTree == directory && word == "--git-dir"
                terminal.write(isTop ? ".git\n" : repository.directory + "\n")
            case "--is-shallow-repository":
                let path = "\(repository.directory)/shallow"
                terminal.write((try? FileStatus(of: path)) == nil ? "false\n" : "true\n")
            case "--short": short = 7
            case let option where option.hasPrefix("--short="):
                short = Int(option.dropFirst("--short=".count)) ?? 7
            case let option where option.hasPrefix("-"): throw lacking("git rev-parse \(option)")
            case "HEAD" where namesBranch:
                let head = repository.headReference ?? "HEAD"
                terminal.write(Self.shortName(head) + "\n")
            default:
                let id = "\(try object(word, in: repository))"
                terminal.write(short.map { String(id.prefix(max(4, $0))) } ?? id)
                terminal.write("\n")
            }
        }
    }

    private func object(_ name: String, in repository: GitRepository) throws -> ObjectID {
        do {
            return try repository.object(named: name)
        } catch {
            throw Failure(
                message: "ambiguous argument '\(name)': unknown revision or path not in the "
                    + "working tree."
            )
        }
    }

    private static func shortName(_ reference: String) -> String {
        for prefix in ["refs/heads/", "refs/tags/", "refs/remotes/"]
        where reference.hasPrefix(prefix) {
            return String(reference.dropFirst(prefix.count))
        }
        return reference
    }

    /// `git log`, and `git show` without the change itself.
    func log(_ words: [String], command: String = "log") throws {
        let repository = try repository()
        var rest = words[...]
        var limit = command == "show" ? 1 : Int.max
        var format: CommitFormat?
        var isQuiet = command != "show"
        var revision = "HEAD"
        while let word = rest.popFirst() {
            if let text = try Self.value("--pretty", "--format", of: word, &rest) {
                format = try CommitFormat(text)
            } else if let text = try Self.value("-n", "--max-count", of: word, &rest) {
                limit = try number(text)
            } else if word.hasPrefix("-"), let count = Int(word.dropFirst()) {
                limit = count
            } else {
                switch word {
                case "--oneline": format = try CommitFormat("oneline")
                case "-q", "--quiet", "-s", "--no-patch": isQuiet = true
                case "--no-color", "--no-decorate": break
                case let option where option.hasPrefix("-"):
                    throw lacking("git \(command) \(option)")
                default: revision = word
                }
            }
        }
        guard isQuiet else { throw lacking("git show without -q") }
        guard limit < 1000 else { throw lacking("git log without -n") }
        let chosen = try format ?? CommitFormat("medium")
        var next: ObjectID? = try commit(revision, in: repository)
        for position in 0..<limit {
            guard let id = next else { break }
            let details = try repository.details(of: id)
            terminal.write(chosen.text(details, isFirst: position == 0))
            next = details.parents.first.flatMap { repository.hasObject($0) ? $0 : nil }
            if details.parents.count > 1, limit > position + 1 {
                throw lacking("git log beyond a merge")
            }
        }
    }

    private func commit(_ name: String, in repository: GitRepository) throws -> ObjectID {
        do {
            return try repository.commit(named: name)
        } catch {
            throw Failure(
                message: "ambiguous argument '\(name)': unknown revision or path not in the "
                    + "working tree."
            )
        }
    }

    /// `git checkout [-f] [--detach] [-b NAME] REVISION`.
    func checkOut(_ words: [String], _ command: String) throws {
        let repository = try repository()
        var rest = words[...]
        var created: String?
        var detaches = false
        var overwrites = false
        var operands: [String] = []
        while let word = rest.popFirst() {
            if let name = try Self.value("-b", "-B", "-c", of: word, &rest) {
                created = name
                continue
            }
            switch word {
            case "-f", "--force": overwrites = true
            case "-q", "--quiet", "--progress", "--no-progress": break
            case "--detach", "-d": detaches = true
            case let option where option.hasPrefix("-"):
                throw lacking("git \(command) \(option)")
            default: operands.append(word)
            }
        }
        if operands.count > 1 { throw lacking("git \(command) with paths") }
        let name = operands.first ?? "HEAD"
        if let created {
            let id = try commit(name, in: repository)
            let branch = "refs/heads/\(created)"
            try repository.setReference(branch, to: id, message: "branch: Created from \(name)")
            try repository.checkOut(id, on: branch, overwrites: overwrites)
            return
        }
        let branch = "refs/heads/\(name)"
        if !detaches, let id = repository.target(of: branch) {
            try repository.checkOut(id, on: branch, overwrites: overwrites)
        } else if !detaches, let id = repository.target(of: "refs/remotes/origin/\(name)") {
            // A name that only the remote has becomes a branch that follows it.
            try repository.setReference(branch, to: id, message: "branch: Created from origin")
            try repository.configure("branch.\(name).remote", "origin")
            try repository.configure("branch.\(name).merge", branch)
            try repository.checkOut(id, on: branch, overwrites: overwrites)
        } else {
            guard let id = try? repository.commit(named: name) else {
                throw Failure(
                    message: "pathspec '\(name)' did not match any file(s) known to git",
                    code: 1
                )
            }
            try repository.checkOut(id, on: nil, overwrites: overwrites)
        }
    }

    /// `git config`.
    func configure(_ words: [String]) throws {
        var isGlobal = false
        var action = ""
        var operands: [String] = []
        for word in words {
            switch word {
            case "--global": isGlobal = true
            case "--local": isGlobal = false
            case "--add", "--get", "--get-all", "--unset", "--unset-all", "-l", "--list":
                action = word
            case let option where option.hasPrefix("-"): throw lacking("git config \(option)")
            default: operands.append(word)
            }
        }
        let home = environment["HOME"] ?? "/"
        let isReading = action.hasPrefix("--get") || action.isEmpty && operands.count == 1
        let own = isGlobal ? nil : try? repository().directory + "/config"
        if own == nil, !isGlobal, !isReading {
            throw Failure(message: "not in a git directory")
        }
        let configuration = try GitConfiguration(file: own ?? "\(home)/.gitconfig")
        if action == "-l" || action == "--list" {
            for entry in try configuration.entries() {
                terminal.write("\(entry.name)=\(entry.value)\n")
            }
        } else if isReading, operands.count == 1 {
            var files = [configuration]
            if !isGlobal { files.append(try GitConfiguration(file: "\(home)/.gitconfig")) }
            let values = try files.map { file in
                try file.entries().filter { $0.name == Self.key(operands[0]) }.map(\.value)
            }.first { !$0.isEmpty }
            guard let values else { throw Failure(message: "", code: 1) }
            for value in action == "--get-all" ? values : values.suffix(1) {
                terminal.write(value + "\n")
            }
        } else if action.hasPrefix("--unset"), operands.count == 1 {
            if !configuration.remove(operands[0]) { throw Failure(message: "", code: 5) }
        } else if operands.count == 2, action.isEmpty || action == "--add" {
            try configuration.set(operands[0], operands[1], adding: action == "--add")
        } else {
            throw lacking("git config \(words.joined(separator: " "))")
        }
    }

    /// A key as it is compared: its first and its last part in lower case.
    private static func key(_ text: String) -> String {
        guard let first = text.firstIndex(of: "."), let last = text.lastIndex(of: ".") else {
            return text.lowercased()
        }
        return text[..<first].lowercased() + text[first..<last] + text[last...].lowercased()
    }
}
