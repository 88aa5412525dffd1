// SPDX-License-Identifier: Apache-2.0
internal import Git
internal import Platform

extension GitStandIn {
    /// `git clone`.
    func clone(_ words: [String]) throws {
        var rest = words[...]
        var operands: [String] = []
        var request = CloneRequest(GitURL(scheme: .file, host: "", path: ""))
        request.hasSubmodules = false
        while let word = rest.popFirst() {
            if let branch = try Self.value("-b", "--branch", of: word, &rest) {
                request.revision = branch
            } else if let depth = try Self.value("--depth", of: word, &rest) {
                request.depth = try number(depth)
            } else if try Self.value("-o", "--origin", "--config", "--filter", of: word, &rest)
                != nil
            {
                throw lacking("git clone \(word)")
            } else {
                switch word {
                case "-q", "--quiet", "--single-branch", "--no-tags", "--progress", "-v",
                    "--verbose", "--":
                    break
                case "--recurse-submodules", "--recursive", "--shallow-submodules":
                    request.hasSubmodules = true
                case let option where option.hasPrefix("-"): throw lacking("git clone \(option)")
                default: operands.append(word)
                }
            }
        }
        guard let source = operands.first, operands.count <= 2 else {
            throw Failure(message: "You must specify a repository to clone.", code: 129)
        }
        let address = try GitAddress(source)
        request.url = address.url
        request.access = try StepAccess(environment: environment).access(for: address)
        let target = operands.count > 1 ? operands[1] : address.url.name
        if !words.contains("-q"), !words.contains("--quiet") {
            terminal.note("Cloning into '\(target)'...")
        }
        let outcome = try GitClone(request).run(into: path(target))
        for note in outcome.notes { terminal.note("warning: \(note)") }
    }

    /// `git init`.
    func initialize(_ words: [String]) throws {
        var rest = words[...]
        var isBare = false
        var branch: String?
        var target = directory
        while let word = rest.popFirst() {
            if let name = try Self.value("-b", "--initial-branch", of: word, &rest) {
                branch = name
            } else if word == "--bare" {
                isBare = true
            } else if word != "-q", word != "--quiet" {
                if word.hasPrefix("-") { throw lacking("git init \(word)") }
                target = path(word)
            }
        }
        let repository = try GitRepository(initializing: target, isBare: isBare)
        if let branch { try repository.setHead(to: "refs/heads/\(branch)") }
    }

    /// `git remote add NAME URL`, and `git remote get-url NAME`.
    func remote(_ words: [String]) throws {
        switch (words.first, words.count) {
        case ("add", 3):
            let repository = try repository()
            if repository.remoteAddress(words[1]) != nil {
                throw Failure(message: "remote \(words[1]) already exists.", code: 3)
            }
            try repository.addRemote(words[1], address: words[2])
        case ("get-url", 2):
            guard let address = try repository().remoteAddress(words[1]) else {
                throw Failure(message: "No such remote '\(words[1])'", code: 2)
            }
            terminal.write(address + "\n")
        case (nil, _), ("-v", 1):
            guard let address = try repository().remoteAddress("origin") else { return }
            terminal.write(
                words.isEmpty
                    ? "origin\n" : "origin\t\(address) (fetch)\norigin\t\(address) (push)\n"
            )
        default: throw lacking("git remote \(words.first ?? "")")
        }
    }

    /// `git fetch [REMOTE [REFSPEC...]]`.
    func fetch(_ words: [String]) throws {
        var rest = words[...]
        var operands: [String] = []
        var depth: Int?
        var tags = false
        while let word = rest.popFirst() {
            if let text = try Self.value("--depth", of: word, &rest) {
                depth = try number(text)
                continue
            }
            switch word {
            case "-q", "--quiet", "--force", "-f", "--update-head-ok", "-u", "--no-tags", "-n",
                "--progress", "-v", "--verbose", "--recurse-submodules=yes",
                "--no-recurse-submodules", "--prune", "-p":
                break
            case "--tags", "-t": tags = true
            case "--unshallow": throw lacking("git fetch --unshallow")
            case let option where option.hasPrefix("-"): throw lacking("git fetch \(option)")
            default: operands.append(word)
            }
        }
        let repository = try repository()
        let name = operands.first ?? "origin"
        var refspecs = Array(operands.dropFirst())
        if refspecs.isEmpty { refspecs = try repository.remoteRefspecs(name) }
        if refspecs.isEmpty { refspecs = ["HEAD"] }
        if tags { refspecs.append("+refs/tags/*:refs/tags/*") }
        let address = try GitAddress(repository.remoteAddress(name) ?? name)
        let access = try StepAccess(environment: environment).access(
            for: address,
            in: repository
        )
        let outcome = try GitFetch(repository).run(
            from: address.url,
            refspecs,
            depth: depth,
            access: access
        )
        for note in outcome.notes { terminal.note("warning: \(note)") }
    }

    func number(_ text: String) throws -> Int {
        guard let number = Int(text), number > 0 else {
            throw Failure(message: "depth \(text) is not a positive number")
        }
        return number
    }
}
