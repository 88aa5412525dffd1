// SPDX-License-Identifier: Apache-2.0

/// What versions a reference allows: `0.6`, `>= 0.7.0`, `~> 1.2, != 1.2.3`.
///
/// Source: hashicorp/go-version, which Tekton reads the hub's `version` with.
struct VersionConstraint: Sendable {
    private struct Term {
        var sign: String
        var version: HubVersion
        var parts: Int
    }

    private var terms: [Term] = []

    /// `nil` for a text that is none; it is then taken for a version's name.
    init?(_ text: String) {
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let trimmed = part.drop { $0 == " " }
            let sign = trimmed.prefix { "=!<>~".contains($0) }
            let body = trimmed.dropFirst(sign.count).split(separator: " ").joined(separator: " ")
            guard ["", "=", "!=", ">", "<", ">=", "<=", "~>"].contains(String(sign)),
                let version = HubVersion(body)
            else { return nil }
            let parts = body.prefix { $0 != "-" && $0 != "+" }.split(separator: ".").count
            terms.append(Term(sign: String(sign), version: version, parts: parts))
        }
    }

    func allows(_ version: HubVersion) -> Bool {
        terms.allSatisfy { term in
            // A version before a release is meant only where one is named.
            if version.isPrerelease, !term.version.isPrerelease,
                !["!=", "=", ""].contains(term.sign)
            {
                return false
            }
            return switch term.sign {
            case "", "=": version == term.version
            case "!=": version != term.version
            case ">": term.version < version
            case "<": version < term.version
            case ">=": !(version < term.version)
            case "<=": !(term.version < version)
            default: term.version.isPessimisticBound(of: version, parts: term.parts)
            }
        }
    }
}
