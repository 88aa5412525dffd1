// SPDX-License-Identifier: Apache-2.0
import JSON
import TestSupport
import Testing

@Suite("Wrong and hostile files")
struct HostileInputTests {
    private static let bomb: String = {
        let levels = (1...9).map { level in
            "l\(level): &l\(level) [\(Array(repeating: "*l\(level - 1)", count: 10).joined(separator: ","))]"
        }
        return (["l0: &l0 [x]"] + levels).joined(separator: "\n")
    }()

    @Test(arguments: [
        ("alias bomb", bomb),
        ("depth", String(repeating: "[", count: 20_000)),
        ("huge scalar", "a: " + String(repeating: "x", count: 17 * 1024 * 1024)),
        ("no document", "- just\n- a list\n"),
        ("syntax", "apiVersion: tekton.dev/v1\nkind: [Task\n"),
        ("duplicate", "apiVersion: v1\nkind: Secret\nkind: Secret\nmetadata: {name: x}\n"),
        (
            "unknown field",
            "apiVersion: tekton.dev/v1\nkind: Task\nmetadata: {name: x}\nspec: {stepz: []}\n"
        ),
    ])
    func `is refused with its place, quickly, and an empty list is printed`(
        name: String,
        text: String
    ) throws {
        let run = try Run(text, "-o", "json")
        let outcome = try run.finish(limit: .seconds(20))
        #expect(outcome.exitCode == 2, "\(name): \(outcome)")
        #expect(outcome.error.utf8.count < 65536)
        let hasPlace = outcome.error.contains("run.yaml:") || name == "huge scalar"
        #expect(hasPlace, "\(name): \(outcome)")
        let list = try? JSONValue.parse(Array(outcome.output.utf8))
        #expect(name == "huge scalar" || list?["items"]?.array == [], "\(name): \(outcome)")
    }

    @Test func `a bad reference points at its place`() throws {
        let outcome = try Run(
            """
            apiVersion: tekton.dev/v1
            kind: TaskRun
            metadata: {name: t}
            spec:
              taskRef:
                name: nosuch
            """
        ).finish()
        #expect(outcome.exitCode == 2)
        #expect(outcome.error.contains("run.yaml:6:11: error: no Task `nosuch`"), "\(outcome)")
    }

    @Test func `a file that is not there is named`() throws {
        var run = try Run("")
        run.arguments = ["/no/such/file.yaml"]
        let outcome = try run.finish()
        #expect(outcome.exitCode == 2)
        #expect(outcome.error.contains("/no/such/file.yaml"))
    }

    @Test func `a diagnostic about a Secret does not show its values`() throws {
        let outcome = try Run(
            """
            apiVersion: v1
            kind: Secret
            metadata: {name: s}
            data: {a: "kanarienvogel-7f3a91c2d4 is no base64"}
            """
        ).finish()
        #expect(outcome.exitCode == 2)
        #expect(!outcome.error.contains("kanarienvogel"), "\(outcome)")
    }
}
