// SPDX-License-Identifier: Apache-2.0
internal import Git
internal import Platform

/// What stands in for the `git` command, and for Tekton's `git-init`, in a step whose image brings them and
/// whose host does not: this program, started by one of those names.
///
/// It does what the usual scripts ask for, with the code of `tacit clone`, and says of anything else that it
/// cannot. Output and exit codes are git's. It needs nothing of the run that the step belongs to.
struct GitStandIn {
    /// Why a command failed, and with which code.
    struct Failure: Error {
        var message: String
        var code: Int32 = 128
    }

    var terminal: Terminal
    var environment: [String: String]
    /// Where relative paths start.
    var directory: String

    /// Whether a program of that name is stood in for.
    static func standsIn(for program: String) -> Bool {
        let name = program.split(separator: "/").last ?? ""
        return name == "git" || name == "git-init"
    }

    /// Runs a command line to its end; the program's own name comes first.
    static func run(
        _ words: [String],
        terminal: Terminal,
        environment: [String: String]
    ) -> Int32 {
        let directory = (try? CurrentProcess.currentDirectory()) ?? "/"
        let standIn = GitStandIn(
            terminal: terminal,
            environment: environment,
            directory: directory
        )
        do {
            if words[0].split(separator: "/").last == "git-init" {
                try TektonGitInit(git: standIn, Array(words.dropFirst())).run()
            } else {
                try standIn.run(Array(words.dropFirst()))
            }
            return 0
        } catch let failure as Failure {
            if !failure.message.isEmpty { terminal.note("fatal: \(failure.message)") }
            return failure.code
        } catch {
            terminal.note("fatal: \(error)")
            return 128
        }
    }

    private func run(_ words: [String]) throws {
        var git = self
        var words = words[...]
        while let option = words.first, option.hasPrefix("-") {
            words = words.dropFirst()
            switch option {
            case "--version":
                terminal.write("git version 2.39.0 (tacit, libgit2 \(GitLibrary.version))\n")
                return
            case "-C":
                guard let path = words.popFirst() else { throw Failure(message: "-C needs a path") }
                git.directory = git.path(path)
            case "-c", "--git-dir", "--work-tree":
                throw lacking("git \(option)")
            case "--no-pager", "-p": break
            default: throw lacking("git \(option)")
            }
        }
        guard let command = words.popFirst() else { throw lacking("git without a command") }
        let rest = Array(words)
        switch command {
        case "clone": try git.clone(rest)
        case "init": try git.initialize(rest)
        case "fetch": try git.fetch(rest)
        case "checkout", "switch": try git.checkOut(rest, command)
        case "rev-parse": try git.parseRevision(rest)
        case "log": try git.log(rest)
        case "show": try git.log(rest, command: "show")
        case "config": try git.configure(rest)
        case "remote": try git.remote(rest)
        case "version": terminal.write("git version 2.39.0 (tacit)\n")
        default: throw lacking("git \(command)")
        }
    }

    /// What to say of a command or an option that is not stood in for.
    func lacking(_ what: String) -> Failure {
        Failure(
            message: "this host has no git, and what stands in for it cannot do `\(what)`; "
                + "install git on the host",
            code: 129
        )
    }

    func path(_ text: String) -> String {
        text.hasPrefix("/") ? text : directory == "/" ? "/\(text)" : "\(directory)/\(text)"
    }

    func repository() throws -> GitRepository { try GitRepository(around: directory) }

    /// The value of `--name=value` or `--name value`; `nil` for another word.
    static func value(
        _ names: String...,
        of word: String,
        _ rest: inout ArraySlice<String>
    ) throws -> String? {
        for name in names {
            if word == name {
                guard let value = rest.popFirst() else {
                    throw Failure(message: "option `\(name)` needs a value", code: 129)
                }
                return value
            }
            if name.hasPrefix("--"), word.hasPrefix(name + "=") {
                return String(word.dropFirst(name.count + 1))
            }
        }
        return nil
    }
}
