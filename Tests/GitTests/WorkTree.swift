// SPDX-License-Identifier: Apache-2.0
import TestSupport

/// What the `git` command says of a clone; the oracle for everything that Tacit makes.
struct WorkTree: Equatable, CustomStringConvertible {
    /// Mode, kind and name of each file, and a hash of what it holds.
    var files: String
    /// Each reference and what it leads to.
    var references: String
    var head: String
    var fetch: String

    init(_ path: String) throws {
        files = try Self.shell(
            """
            cd '\(path)'; find . -path ./.git -prune -o -printf '%M %y %l %p\\n' | sed 's/^d.*[ ]d/d/' | sort
            find . -path ./.git -prune -o -type f -print0 | sort -z | xargs -0 sha1sum
            """
        )
        references = try Self.shell("cd '\(path)'; git for-each-ref")
        head = try Self.shell("cd '\(path)'; cat .git/HEAD; git rev-parse HEAD")
        fetch = try Self.shell(
            "cd '\(path)'; git config --get-regexp '^(remote|branch)' | grep -v '[.]url ' || :"
        )
    }

    var description: String { "\(files)\(references)\(head)\(fetch)" }

    /// What is wrong with a repository: nothing is to be found by fsck, and nothing by status.
    static func faults(_ path: String) throws -> String {
        try shell(
            """
            cd '\(path)'
            git status --porcelain
            git fsck --strict --no-progress 2>&1 | grep -v '^dangling' || :
            """
        )
    }

    private static func shell(_ text: String) throws -> String {
        let outcome = try Command(
            ["/bin/sh", "-c", text],
            environment: ["PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "LC_ALL": "C"]
        ).run()
        if outcome.exitCode != 0 { throw CommandFailure(description: "\(outcome)") }
        return outcome.output
    }
}
