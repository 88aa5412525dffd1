// SPDX-License-Identifier: Apache-2.0

/// `+source:target`, as git fetch takes it.
struct Refspec {
    var source: String
    /// `nil` where nothing but FETCH_HEAD is written.
    var target: String?

    init(_ text: String) {
        let rest = text.hasPrefix("+") ? text.dropFirst() : text[...]
        let parts = rest.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        source = parts[0].isEmpty ? "HEAD" : String(parts[0])
        target = parts.count > 1 && !parts[1].isEmpty ? String(parts[1]) : nil
    }

    var hasWildcard: Bool { source.contains("*") }

    /// The references that match a source with `*`, by the names that they get here.
    func matches(_ references: [RemoteReference]) -> [(name: String, id: ObjectID)] {
        guard let star = source.firstIndex(of: "*") else { return [] }
        let start = source[..<star]
        let end = source[source.index(after: star)...]
        return references.compactMap { reference in
            guard reference.name.hasPrefix(start), reference.name.hasSuffix(end),
                reference.name.count >= start.count + end.count, let target
            else { return nil }
            let middle = reference.name.dropFirst(start.count).dropLast(end.count)
            return (target.replacing("*", with: middle), reference.id)
        }
    }

    /// The target in full: a short name is of the source's kind.
    func fullTarget(for found: RemoteTarget) -> String? {
        guard let target else { return nil }
        if target.hasPrefix("refs/") { return target }
        if case .tag = found.kind { return "refs/tags/\(target)" }
        return "refs/heads/\(target)"
    }
}
