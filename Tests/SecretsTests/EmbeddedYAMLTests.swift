// SPDX-License-Identifier: Apache-2.0
import Secrets
import Testing

/// Where a mistake in `objects` is said to stand, however the text is written.
struct EmbeddedYAMLTests {
    private func places(_ parameters: String) -> [String] {
        said(parseClass(classText("vault", "roleName: r\n" + parameters)).diagnostics)
    }

    private static let missing =
        "error spec.parameters.objects[0].secretPath: an object needs `secretPath`"

    @Test(arguments: [
        // A literal block: exact, also with a comment, blank lines, chomping, an explicit indent.
        ("objects: |\n  - objectName: a", "10:9"),
        ("objects: |- # why\n\n\n  # a\n  - objectName: a", "13:9"),
        ("objects: |2+\n     - objectName: a\n\n", "10:12"),
        ("objects: &x |\n  - objectName: a", "10:9"),
        ("objects: !!str |\n        - objectName: a", "10:15"),
        // One line: exact.
        ("objects: '[{objectName: a}]'", "9:16"),
        ("objects: \"[{objectName: a}]\"", "9:16"),
        // Several lines folded or in quotes: where the text starts.
        ("objects: >\n  [\n  {objectName: a}]", "9:14"),
        ("objects: '[\n\n  {objectName: a}]'", "9:14"),
        ("objects: \"- objectName: a\\n\"", "9:14"),
    ])
    func `a missing field stands where its object starts`(text: String, place: String) {
        #expect(places(text) == ["\(place) \(Self.missing)"])
    }

    @Test func `a mistake in the YAML itself is found, approximate or not`() {
        #expect(
            places("objects: |\n  - objectName: a\n    b: ]\n") == [
                "11:12 error spec.parameters.objects: did not find expected node content while "
                    + "parsing a block node that starts at line 11, column 12"
            ]
        )
        #expect(
            places("objects: \"- a: 1\\n  a: 2\\n\"") == [
                "9:14 error spec.parameters.objects: duplicate key `a`, first at line 1, column 3 (in "
                    + "line 2 of the text that starts here)",
                "9:14 error spec.parameters.objects[0].objectName: an object needs `objectName`",
                "9:14 error spec.parameters.objects[0].secretPath: an object needs `secretPath`",
                "9:14 warning spec.parameters.objects[0].a: unknown field `a` in an object; the "
                    + "provider ignores it",
            ]
        )
        #expect(
            places("objects: |\n  - {objectName: a, secretPath: p}\n  ---\n  - {objectName: b}\n")
                == [
                    "12:7 error spec.parameters.objects: the text holds more than one YAML document; "
                        + "providers read the first only; join them into one"
                ]
        )
    }

    @Test(arguments: [
        ("- |\n      objectName: a", "13:11"),
        ("- |-\n\n      # b\n         objectName: a", "15:14"),
        ("- 'objectName: a'", "12:12"),
        ("- >\n      objectName: a", "12:11"),
        ("- {objectName: a}", "12:11"),
    ])
    func `two layers are undone one after the other`(element: String, place: String) {
        let parsed = parseClass(
            classText(
                "azure",
                "keyvaultName: kv-1\ntenantId: t\nobjects: |\n  array:\n    \(element)"
            )
        )
        #expect(
            said(parsed.diagnostics).first
                == "\(place) error spec.parameters.objects.array[0].objectType: an object needs "
                + "`objectType`: secret, key or cert"
        )
    }
}
