// SPDX-License-Identifier: Apache-2.0
@testable import Redaction
import Testing

@Suite struct RedactorTests {
    @Test func `text is masked by the secret's name`() {
        let redactor = Redactor()
        redactor.register("hunter2-hunter2\n", name: "db#password")
        #expect(redactor.redact("p=hunter2-hunter2;") == "p=[REDACTED:db#password];")
        #expect(redactor.redact("nothing") == "nothing")
        #expect(redactor.redact([0, 0xFF, 0x80]) == [0, 0xFF, 0x80])
    }

    @Test func `empty and repeated values are fine`() {
        let redactor = Redactor()
        redactor.register("", name: "a")
        redactor.register(" \n ", name: "b")
        redactor.register("same-value", name: "c")
        redactor.register("same-value", name: "d")
        #expect(redactor.redact("x same-value") == "x [REDACTED:c]")
        #expect(redactor.warnings.isEmpty)
    }

    @Test func `one to three bytes are not masked, four and five are, both with one warning`() {
        let redactor = Redactor()
        for _ in 0..<2 {
            redactor.register("abc\n", name: "tiny")
            redactor.register("wxyz", name: "small")
        }
        redactor.register("qwert9", name: "enough")
        #expect(redactor.redact("abc wxyz qwert9") == "abc [REDACTED:small] [REDACTED:enough]")
        #expect(
            redactor.warnings == [
                RedactionWarning(name: "tiny", reason: .tooShortToMask),
                RedactionWarning(name: "small", reason: .short),
            ]
        )
        #expect(redactor.warnings.allSatisfy { $0.description.contains($0.name) })
    }

    @Test func `a name cannot end the mask or the line`() {
        let redactor = Redactor()
        redactor.register("secret-value-1", name: "a]\n[b c")
        #expect(redactor.redact("secret-value-1") == "[REDACTED:a___b_c]")
    }

    @Test func `a name that says a value is replaced, whichever was registered first`() {
        let redactor = Redactor()
        redactor.register("secret-value-1", name: "team-blue")
        #expect(redactor.redact("secret-value-1") == "[REDACTED:team-blue]")
        redactor.register("blue", name: "colour")
        #expect(redactor.redact("secret-value-1") == "[REDACTED:secret]")
    }

    @Test func `a value equal to part of the mask neither loops nor leaks`() {
        let redactor = Redactor()
        redactor.register("REDACTED", name: "odd")
        redactor.register("secret-value-1", name: "p")
        #expect(redactor.redact("secret-value-1 REDACTED") == "[***] [***]")
    }

    @Test func `lines of a value are masked one by one, short and BEGIN lines only with the rest`()
    {
        let redactor = Redactor()
        let key = "-----BEGIN KEY-----\nMIIEowIBAAKCAQEA\nshort\n-----END KEY-----"
        redactor.register(key, name: "key")
        #expect(redactor.redact("1 \(key) 2") == "1 [REDACTED:key] 2")
        #expect(redactor.redact("> MIIEowIBAAKCAQEA\r\n") == "> [REDACTED:key]\r\n")
        #expect(redactor.redact("-----BEGIN KEY-----") == "-----BEGIN KEY-----")
        #expect(redactor.redact("short") == "short")
    }

    @Test func `a value longer than a needle may be is masked as one`() {
        let redactor = Redactor()
        var generator = SeededGenerator(seed: 7)
        let value = (0..<20_000).map { _ in UInt8.random(in: 33...126, using: &generator) }
        redactor.register(value.span, name: "blob")
        let text = Array("<".utf8) + value + Array(">".utf8)
        #expect(redactor.redact(text) == Array("<[REDACTED:blob]>".utf8))
        #expect(redactor.output(text.map { [$0] }) == Array("<[REDACTED:blob]>".utf8))
    }

    @Test func `a complete text that ends in half a secret is masked there`() {
        let redactor = Redactor()
        redactor.register("0123456789abcdef", name: "p")
        #expect(redactor.redact("v=0123456789") == "v=[REDACTED:p]")
        #expect(redactor.redact("v=0123456") == "v=0123456")
    }

    @Test func `streams on other threads mask what was registered before their write`() async {
        let redactor = Redactor()
        await withTaskGroup(of: Int.self) { group in
            for writer in 0..<4 {
                group.addTask {
                    var stream = redactor.stream()
                    var leaks = 0
                    for number in 0..<10 {
                        let secret = "secret-\(writer)-value-\(number)"
                        redactor.register(secret, name: "s")
                        if stream.write("x \(secret).\n") != "x [REDACTED:s].\n" { leaks += 1 }
                    }
                    return leaks
                }
            }
            for await leaks in group { #expect(leaks == 0) }
        }
    }
}
