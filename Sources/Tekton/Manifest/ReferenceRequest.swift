// SPDX-License-Identifier: Apache-2.0

/// What a reference asks a resolver for: equal requests get the same answer within a run.
package struct ReferenceRequest: Sendable, Hashable {
    /// The resolvers that there are on a host.
    package static let resolvers: Set<String> = ["cluster", "git", "http", "hub"]

    package enum Kind: String, Sendable, Hashable {
        case task
        case pipeline
        case stepAction = "stepaction"
    }

    package var kind: Kind
    package var resolver: String
    /// Only strings count, as for Tekton's resolvers.
    package var params: [String: String]
    /// Of the run that asks.
    package var namespace: String

    package init(kind: Kind, resolver: String, params: [String: String], namespace: String) {
        self.kind = kind
        self.resolver = resolver
        self.params = params
        self.namespace = namespace
    }

    /// The request of a reference with its variables replaced; `nil` for one that names no resolver.
    package init?(
        _ kind: Kind,
        _ resolver: String,
        _ params: [Param]?,
        namespace: String,
        _ replacements: Replacements
    ) {
        guard !resolver.isEmpty else { return nil }
        var texts: [String: String] = [:]
        for param in params ?? [] {
            if case .string(let text) = param.value {
                texts[param.name] = replacements.apply(to: text)
            }
        }
        self.init(kind: kind, resolver: resolver, params: texts, namespace: namespace)
    }

    /// Whether it refers to what is known only while a pipeline runs.
    package var waitsForResults: Bool { params.values.contains { $0.contains("$(tasks.") } }
}
