// SPDX-License-Identifier: Apache-2.0
internal import Git
internal import Platform

/// How `git log` prints a commit: `--pretty=format:...` and the named formats that scripts use.
struct CommitFormat {
    private let pattern: String
    /// Whether each commit ends with a line end of its own, and not only what stands between them.
    private let ends: Bool

    init(_ text: String) throws {
        switch text {
        case "oneline": (pattern, ends) = ("%h %s", true)
        case "short": (pattern, ends) = ("commit %H%nAuthor: %an <%ae>%n%n    %s%n", true)
        case "medium":
            (pattern, ends) = ("commit %H%nAuthor: %an <%ae>%nDate:   %aD%n%n    %s%n", true)
        default:
            if text.hasPrefix("format:") {
                // Here the last commit has no line end; on a pipe git adds none.
                (pattern, ends) = (String(text.dropFirst(7)), false)
            } else if text.hasPrefix("tformat:") {
                (pattern, ends) = (String(text.dropFirst(8)), true)
            } else if text.contains("%") {
                (pattern, ends) = (text, true)
            } else {
                throw GitStandIn.Failure(message: "invalid --pretty format: \(text)")
            }
        }
    }

    func text(_ commit: GitCommit, isFirst: Bool) -> String {
        var out = !isFirst && !ends ? "\n" : ""
        var rest = Array(pattern)[...]
        while let character = rest.popFirst() {
            guard character == "%", let next = rest.popFirst() else {
                out.append(character)
                continue
            }
            if "ac".contains(next), let field = rest.popFirst() {
                let person = next == "a" ? commit.author : commit.committer
                out += Self.field(field, of: person) ?? "%\(next)\(field)"
            } else {
                out += Self.field(next, of: commit) ?? "%\(next)"
            }
        }
        return ends ? out + "\n" : out
    }

    private static func field(_ name: Character, of commit: GitCommit) -> String? {
        switch name {
        case "H": return "\(commit.id)"
        case "h": return String("\(commit.id)".prefix(7))
        case "T": return "\(commit.tree)"
        case "P": return commit.parents.map(\.description).joined(separator: " ")
        case "s": return commit.subject
        case "B": return commit.message
        case "b":
            let body = commit.message.drop { $0 != "\n" }.drop { $0 == "\n" }
            return String(body)
        case "n": return "\n"
        case "%": return "%"
        default: return nil
        }
    }

    private static func field(_ name: Character, of person: GitCommit.Person) -> String? {
        switch name {
        case "n": return person.name
        case "e": return person.email
        case "t": return String(person.seconds)
        case "I", "i", "D":
            let local = person.seconds + Int64(person.offset) * 60
            let text = Timestamp(nanoseconds: local * 1_000_000_000).seconds
            let sign = person.offset < 0 ? "-" : "+"
            let minutes = abs(person.offset)
            func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
            let zone = "\(sign)\(two(minutes / 60))"
            if name == "I" { return text.dropLast() + "\(zone):\(two(minutes % 60))" }
            let day = text.prefix(10) + " " + text.dropFirst(11).dropLast()
            return "\(day) \(zone)\(two(minutes % 60))"
        default: return nil
        }
    }
}
