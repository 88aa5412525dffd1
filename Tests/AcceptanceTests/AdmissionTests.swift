// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing

/// The verdicts of Tekton's own admission, asked of the built program.
@Suite(
    "Documents as Tekton's admission takes them",
    .enabled(if: SharedCorpus.isPresent, SharedCorpus.need)
)
struct AdmissionTests {
    @Test(arguments: ["admission", "catalog"])
    func `tacit validate says what Tekton's admission says`(cases: String) throws {
        let comparison = try TestSupport.Command(
            [
                "/usr/bin/python3", SharedCorpus.path("tools/compare-admission"),
                SharedCorpus.path("corpus/tekton/\(cases).jsonl"), Checkout.tacit, "-v",
            ]
        ).run(limit: .seconds(300))
        #expect(comparison.exitCode == 0, "\(comparison)")
    }
}
