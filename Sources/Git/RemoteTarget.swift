// SPDX-License-Identifier: Apache-2.0

/// What a revision means at one server.
struct RemoteTarget: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        /// Its name without `refs/heads/`.
        case branch(String)
        /// Its name without `refs/tags/`.
        case tag(String)
        /// Any other reference (`refs/pull/7/head`).
        case reference
        /// A commit that no reference needs to point at.
        case commit
        /// The start of a commit's id; what it is shows when everything was fetched.
        case abbreviation
    }

    var kind: Kind
    /// In full; `nil` for a commit.
    var reference: String?
    /// What the reference leads to; `nil` for an abbreviation.
    var id: ObjectID?

    /// Finds what a revision means, in the order in which git clone looks: branches, tags, then the rest.
    ///
    /// Fails where the server has nothing of the kind; without a revision, where it is empty.
    ///
    /// - Parameters:
    ///   - revision: `nil` for the server's own HEAD.
    ///   - references: what the server has.
    init?(_ revision: String?, among references: [RemoteReference]) {
        var byName: [String: RemoteReference] = [:]
        for reference in references { byName[reference.name] = reference }
        guard let revision, revision != "HEAD" else {
            guard let head = byName["HEAD"] else { return nil }
            let branch =
                head.symbolicTarget
                ?? references.first {
                    $0.id == head.id && $0.name.hasPrefix("refs/heads/")
                }?.name
            self.init(branch.flatMap { byName[$0] } ?? head)
            return
        }
        let candidates =
            revision.hasPrefix("refs/")
            ? [revision]
            : ["refs/heads/\(revision)", "refs/tags/\(revision)", "refs/\(revision)"]
        if let found = candidates.lazy.compactMap({ byName[$0] }).first {
            self.init(found)
        } else if let id = ObjectID(revision) {
            let named = references.first { $0.id == id && $0.name != "HEAD" }
            self.init(kind: .commit, reference: named?.name, id: id)
        } else if revision.utf8.count >= 4, revision.utf8.count < 40,
            revision.utf8.allSatisfy(ObjectID.isHexDigit)
        {
            self.init(kind: .abbreviation)
        } else {
            return nil
        }
    }

    private init(kind: Kind, reference: String? = nil, id: ObjectID? = nil) {
        self.kind = kind
        self.reference = reference
        self.id = id
    }

    private init(_ found: RemoteReference) {
        reference = found.name
        id = found.id
        if found.name.hasPrefix("refs/heads/") {
            kind = .branch(String(found.name.dropFirst("refs/heads/".count)))
        } else if found.name.hasPrefix("refs/tags/") {
            kind = .tag(String(found.name.dropFirst("refs/tags/".count)))
        } else {
            kind = .reference
        }
    }
}
