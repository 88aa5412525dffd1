// SPDX-License-Identifier: Apache-2.0

/// Which of Tekton's optional features a document may use.
package struct FeatureGates: Sendable, Hashable {
    /// The value of Tekton's `enable-api-fields`.
    package enum Stability: String, Sendable, CaseIterable, Comparable {
        case stable
        case beta
        case alpha

        package static func < (left: Stability, right: Stability) -> Bool {
            left.rank < right.rank
        }

        private var rank: Int {
            switch self {
            case .stable: 0
            case .beta: 1
            case .alpha: 2
            }
        }
    }

    package var stability: Stability
    /// Tekton's `enable-cel-in-whenexpression`.
    package var allowsCEL: Bool
    /// Tekton's `enable-param-enum`.
    package var allowsParamEnum: Bool
    /// Tekton's `enable-artifacts`.
    package var allowsArtifacts: Bool
    /// Tekton's `enable-concise-resolver-syntax`.
    package var allowsConciseResolverSyntax: Bool

    /// The gates of one level.
    ///
    /// `beta` is how Tekton ships: beta fields, every feature flag off. `alpha` opens everything, flags
    /// included, as Tekton's own tests of alpha features do.
    package init(_ stability: Stability = .beta) {
        self.stability = stability
        let opensEverything = stability == .alpha
        allowsCEL = opensEverything
        allowsParamEnum = opensEverything
        allowsArtifacts = opensEverything
        allowsConciseResolverSyntax = opensEverything
    }

    /// Tekton's own flags that mean something on a host, by their names in its ConfigMap `feature-flags`.
    package static let flags: Set<String> = [
        "enable-api-fields", "enable-cel-in-whenexpression", "enable-param-enum",
        "enable-artifacts",
        "enable-concise-resolver-syntax", "disable-creds-init",
    ]

    /// The gates of a level with single flags set otherwise.
    ///
    /// - Parameters:
    ///   - level: what the command line asks for; `nil` for what the flags say, else `beta`.
    ///   - flags: by Tekton's names; those with other values than theirs are passed over.
    package init(level: String?, flags: [String: String]) {
        self.init((level ?? flags["enable-api-fields"]).flatMap(Stability.init) ?? .beta)
        for (name, path) in [
            ("enable-cel-in-whenexpression", \FeatureGates.allowsCEL),
            ("enable-param-enum", \.allowsParamEnum), ("enable-artifacts", \.allowsArtifacts),
            ("enable-concise-resolver-syntax", \.allowsConciseResolverSyntax),
        ] {
            guard let value = flags[name].flatMap({ Bool($0) }) else { continue }
            self[keyPath: path] = value
        }
    }
}
