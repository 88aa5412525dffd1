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
}
