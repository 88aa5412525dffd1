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
    package var allowsCEL = false
    /// Tekton's `enable-param-enum`.
    package var allowsParamEnum = false
    /// Tekton's `enable-artifacts`.
    package var allowsArtifacts = false
    /// Tekton's `enable-concise-resolver-syntax`.
    package var allowsConciseResolverSyntax = false

    /// The gates as Tekton ships them: beta fields, everything else off.
    package init(_ stability: Stability = .beta) {
        self.stability = stability
    }
}
