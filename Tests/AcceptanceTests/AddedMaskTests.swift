// SPDX-License-Identifier: Apache-2.0
import Platform
import TestSupport
import Testing

/// Values that a step registers while it runs.
@Suite("Values registered by a step")
struct AddedMaskTests {
    private static let canary = "kanarienvogel-51d8e7b2a9"

    private func document(_ script: String, more: String = "") -> String {
        let lines = script.split(separator: "\n").map { "            " + $0 }
        return """
            apiVersion: tekton.dev/v1
            kind: TaskRun
            metadata: {name: t}
            spec:
              taskSpec:
                \(more)
                steps:
                - name: use
                  image: bash
                  script: |
                    #!/bin/bash
                    K=51d8e7b2a9; T=kanarienvogel-$K
            \(lines.joined(separator: "\n"))
            """
    }

    @Test func `a value after ::add-mask:: is masked from the next byte, and its line not shown`()
        throws
    {
        let run = try Run(
            document(
                """
                set -x
                printf '::add-mask::%s\\n%s\\n' "$T" "$T" 2>/dev/null
                echo "::add-mask::$T"
                { echo -n "$T" | base64; } 2>/dev/null
                """
            )
        )
        let outcome = try run.finish()
        #expect(outcome.exitCode == 0, "\(outcome)")
        let log = try run.log("t", "use")
        #expect(log.contains("[REDACTED:added-by-use]\n"), "\(log)")
        #expect(!log.contains("\n::add-mask::"))
        // The script's own text assembles the value, and its trace shows it before it is registered.
        #expect(!log.contains("::add-mask::kana"))
    }

    @Test func `what is written to /tekton/run/mask is masked in every stream of the run`() throws {
        let run = try Run(
            document(
                """
                printf '%s\\nother-value-77\\n' "$T" > /tekton/run/mask
                echo "now $T" other-value-77
                printf 'last-value-99' > /tekton/run/mask
                echo last-value-99
                printf '%s' "$T" > $(results.r.path)
                """,
                more: "results: [{name: r}]"
            ),
            "-o",
            "json"
        )
        let outcome = try run.finish()
        #expect(outcome.exitCode == 0, "\(outcome)")
        let masked = "[REDACTED:added-by-t]"
        #expect(try run.log("t", "use") == "now \(masked) \(masked)\n\(masked)\n")
        #expect(try run.leaks(of: Self.canary, in: outcome) == [])
    }

    @Test func `a step that registers without end is ended, not shown`() throws {
        let run = try Run(
            document("i=0; while :; do i=$((i+1)); echo \"::add-mask::value-$i-$T\"; done")
        )
        let outcome = try run.finish()
        #expect(outcome.exitCode == 1, "\(outcome)")
        #expect(outcome.error.contains("more values to be masked"), "\(outcome)")
        #expect(try run.leaks(of: Self.canary, in: outcome) == [])
    }
}
