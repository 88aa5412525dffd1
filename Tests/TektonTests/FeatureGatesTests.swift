// SPDX-License-Identifier: Apache-2.0
import Tekton
import Testing

@Suite("Feature gates")
struct FeatureGatesTests {
    @Test func `a level opens what it opens in Tekton, and a flag of its own goes first`() {
        #expect(FeatureGates(level: nil, flags: [:]) == FeatureGates(.beta))
        #expect(
            FeatureGates(level: "stable", flags: ["enable-api-fields": "alpha"]).stability
                == .stable
        )
        #expect(
            FeatureGates(level: nil, flags: ["enable-api-fields": "alpha"]) == FeatureGates(.alpha)
        )
        let cel = FeatureGates(level: nil, flags: ["enable-cel-in-whenexpression": "true"])
        #expect(cel.allowsCEL && !cel.allowsArtifacts && cel.stability == .beta)
        let without = FeatureGates(level: "alpha", flags: ["enable-artifacts": "false"])
        #expect(without.allowsCEL && !without.allowsArtifacts)
    }
}
