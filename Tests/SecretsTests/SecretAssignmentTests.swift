// SPDX-License-Identifier: Apache-2.0
import Platform
import Secrets
import TestSupport
import Testing

struct SecretAssignmentTests {
    @Test(arguments: [
        ("k=v", "k", SecretAssignment.Source.literal("v")),
        ("k=a=b", "k", .literal("a=b")), ("k=", "k", .literal("")),
        ("k=-", "k", .standardInput), ("k=--", "k", .literal("--")),
        ("k=@f", "k", .file("f")), ("k=@", "k", .literal("@")),
    ])
    func `a value is literal, standard input or a file`(
        argument: String,
        key: String,
        source: SecretAssignment.Source
    ) {
        #expect(SecretAssignment(argument) == SecretAssignment(key: key, source: source))
    }

    @Test(arguments: ["k", "=v", "", "-"])
    func `what has no key is none`(argument: String) {
        #expect(SecretAssignment(argument) == nil)
    }

    /// The end of a pipe that nobody writes to any more.
    private static func pipe(holding text: String) throws -> SharedDescriptor {
        let pipe = try Pipe()
        try pipe.writer.descriptor.write(text)
        return pipe.reader
    }

    private func read(_ source: SecretAssignment.Source, _ input: String = "") throws -> String {
        let reader = try Self.pipe(holding: input)
        let value = try SecretAssignment(key: "k", source: source).read(
            standardInput: reader.descriptor
        )
        return value.withBytes { bytes in
            String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
        }
    }

    @Test(arguments: [
        ("x\n", "x"), ("x\n\n", "x\n"), ("x", "x"), ("x\r\n", "x"), ("\n", ""), ("", ""),
        ("a\nb\n", "a\nb"), (String(repeating: "long", count: 9000), nil),
    ])
    func `standard input loses one newline`(input: String, value: String?) throws {
        #expect(try read(.standardInput, input) == value ?? input)
    }

    @Test func `a file is taken as it is`() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write("x\n", to: "f")
        #expect(try read(.file(path)) == "x\n")
        #expect(throws: LocalStoreError.refused("cannot read `/none`: No such file or directory")) {
            try read(.file("/none"))
        }
    }

    @Test func `a file that is too large is refused`() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write(String(repeating: "x", count: 1 << 20 + 1), to: "f")
        #expect(
            throws: LocalStoreError.refused(
                "cannot take `\(path)`: it holds more than 1048576 bytes"
            )
        ) {
            try read(.file(path))
        }
    }
}
