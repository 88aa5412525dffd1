// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import JSON
import Testing
import YAML

@testable import Tekton

struct StrictDecoderTests {
    private func decode(
        _ yaml: String,
        as schema: String
    ) throws -> (json: JSONValue, problems: [Diagnostic]) {
        let documents = YAMLParser.parse(Array(yaml.utf8), file: "a.yaml").documents
        var decoder = StrictDecoder()
        let json = decoder.decode(try #require(documents.first), as: .object(schema), at: "")
        return (json, decoder.problems)
    }

    @Test func `every object that a table names is in a table`() {
        func names(_ type: FieldType) -> [String] {
            switch type {
            case .object(let name): [name]
            case .list(let element), .map(let element): names(element)
            default: []
            }
        }
        let known = Set(ObjectSchema.all.map(\.name))
        let used = Set(ObjectSchema.all.flatMap { $0.fields.values.flatMap(names) })
        #expect(used.subtracting(known).isEmpty)
    }

    @Test func `unknown fields are refused at their place with the nearest known one`() throws {
        let found = try decode("name: s\nimgae: x\nenv:\n- nam: A\n", as: "Step").problems
        #expect(found.map(\.place) == ["2:1 imgae", "4:3 env[0].nam"])
        #expect(found.map(\.message) == ["unknown field `imgae`", "unknown field `nam`"])
        #expect(found.map(\.hint) == ["did you mean `image`?", "did you mean `name`?"])
    }

    @Test func `a document's metadata takes fields that it does not know, a template's does not`()
        throws
    {
        let unknown = "metadata: {bogus: [1], ownerReferences: [{bogus: 1}]}"
        let (json, problems) = try decode(unknown, as: "Task")
        #expect(problems.isEmpty)
        #expect(json["metadata"]?["bogus"] == .array([.number("1")]))
        let template = try decode(unknown, as: "PersistentVolumeClaim").problems
        #expect(template.map(\.path) == ["metadata.bogus", "metadata.ownerReferences[0].bogus"])
    }

    @Test func `of two spellings of a field the later in the alphabet counts`() throws {
        let (json, problems) = try decode("name: a\nName: b\nNAME: c\n", as: "Step")
        #expect(problems.isEmpty)
        #expect(json["name"]?.string == "a")
    }

    @Test func `a field is found whatever its case, and written in its own`() throws {
        let (json, problems) = try decode("Name: s\nIMAGE: x\n", as: "Step")
        #expect(problems.isEmpty)
        #expect(json == .object(["name": .string("s"), "image": .string("x")]))
    }

    @Test func `null is nothing, and the zero value within a list`() throws {
        let (json, problems) = try decode(
            "name: ~\nargs: [~, a]\nworkspaces: [~]\nenv:\n",
            as: "Step"
        )
        #expect(problems.isEmpty)
        let expected: [String: JSONValue] = [
            "args": .array([.string(""), .string("a")]),
            "workspaces": .array([.object([:])]),
        ]
        #expect(json == .object(expected))
    }

    @Test(arguments: [
        ("name: yes", "cannot read the boolean `yes` into `name`, which takes a string"),
        ("name: 1.5", "cannot read the number `1.5` into `name`, which takes a string"),
        ("name: [a]", "cannot read a list into `name`, which takes a string"),
        ("args: a", "cannot read a string into `args`, which takes a list"),
        ("env: [a]", "cannot read a string into `env[0]`, which takes an object"),
        ("timeout: 5", "cannot read `5` into `timeout`, which takes a duration such as `1h30m`"),
        ("timeout: 1d", "cannot read `1d` into `timeout`, which takes a duration such as `1h30m`"),
    ])
    func `a value of the wrong type is refused`(yaml: String, message: String) throws {
        #expect(try decode(yaml, as: "Step").problems.map(\.message) == [message])
    }

    @Test(arguments: [
        "1", "0.5", "500m", "1Gi", "1e3", "-1", "+2k", "1E-3", "\"5\"", "128974848", "1.",
    ])
    func `quantities are those of Kubernetes`(text: String) throws {
        let yaml = "limits: {cpu: \(text)}"
        #expect(try decode(yaml, as: "ResourceRequirements").problems.isEmpty)
    }

    @Test(arguments: ["1GB", "x", "1 Gi", "1.2.3", "true", "\"\"", "ki", "1ee"])
    func `other quantities are refused`(text: String) throws {
        let yaml = "limits: {cpu: \(text)}"
        #expect(try decode(yaml, as: "ResourceRequirements").problems.count == 1)
    }

    @Test func `a whole number must fit its field`() throws {
        #expect(try decode("defaultMode: 2147483647", as: "SecretVolumeSource").problems.isEmpty)
        let tooLarge = try decode("defaultMode: 2147483648", as: "SecretVolumeSource").problems
        #expect(tooLarge.map(\.path) == ["defaultMode"])
    }

    @Test func `a parameter without a value is refused, one with null is not`() throws {
        #expect(try decode("name: p\nvalue: ~\n", as: "Param").problems.isEmpty)
        let missing = try decode("name: p\n", as: "Param").problems
        #expect(missing.map(\.place) == ["1:1 value"])
    }
}
