// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Redaction

@Suite struct NeedlePolicyTests {
    private func redacted(_ text: String, secret: String) -> String {
        let redactor = Redactor()
        redactor.register(secret, name: "s")
        return redactor.redact(text)
    }

    @Test func `the strings of a JSON secret are secret, decoded`() {
        let secret = #"{"username": "svc-deploy-bot", "password": "hunt\u0065r2\/x", "port": 5432}"#
        #expect(redacted("psql -U svc-deploy-bot", secret: secret) == "psql -U [REDACTED:s]")
        #expect(redacted("hunter2/x", secret: secret) == "[REDACTED:s]")
        #expect(redacted("port 5432", secret: secret) == "port 5432")
    }

    @Test func `member names and short plain words of a JSON secret are not`() {
        let secret = #"{"engine": "postgres", "type": "service_account", "pin": "8317"}"#
        let text = "engine postgres of type service_account"
        #expect(redacted(text, secret: secret) == text)
        #expect(redacted("8317", secret: secret) == "[REDACTED:s]")
    }

    @Test func `a key within a JSON secret is masked line by line`() {
        let secret = #"{"private_key": "-----BEGIN KEY-----\nMIIEowIBAAKCAQEA\nq83nZkab0123\n"}"#
        #expect(redacted("| q83nZkab0123", secret: secret) == "| [REDACTED:s]")
    }

    @Test func `the password of a registry's auth is secret`() {
        let secret = #"{"auths": {"ghcr.io": {"auth": "Ym90OmNvcnJlY3QtaG9yc2U="}}}"#
        #expect(redacted("login correct-horse", secret: secret) == "login [REDACTED:s]")
    }

    @Test func `passwords in URLs are secret, as written and decoded`() {
        let secret = "postgres://app:c%40rrect-h0rse@db:5432/x"
        #expect(redacted("c%40rrect-h0rse", secret: secret) == "[REDACTED:s]")
        #expect(redacted("c@rrect-h0rse", secret: secret) == "[REDACTED:s]")
        #expect(redacted("host db:5432", secret: secret) == "host db:5432")
        let token = "https://ghp_S1qJ0JoQmYfyvGBN@github.com/acme/x.git"
        #expect(redacted("ghp_S1qJ0JoQmYfyvGBN", secret: token) == "[REDACTED:s]")
    }

    @Test func `a quoted value is secret without its quotes`() {
        #expect(redacted("k=hunter2-x", secret: "\"hunter2-x\"") == "k=[REDACTED:s]")
    }

    @Test func `a token without its prefix and a UUID without dashes are masked`() {
        let token = "ghp_S1qJ0JoQmYfyvGBNqwN1aaXCoErMh50P2409"
        #expect(redacted(String(token.dropFirst(4)), secret: token) == "[REDACTED:s]")
        let uuid = "259e8901-7e6a-4181-ab08-a7686650438e"
        #expect(redacted("259e89017e6a4181ab08a7686650438e", secret: uuid) == "[REDACTED:s]")
    }

    @Test func `broken JSON is a value like any other`() {
        let secret = #"{"password": "never-closed}"#
        #expect(redacted("<\(secret)>", secret: secret) == "<[REDACTED:s]>")
    }

    @Test func `only the wanted encodings are masked`() {
        let redactor = Redactor(encodings: [.hex])
        redactor.register("hunter2-x", name: "s")
        #expect(redactor.redact("68756e746572322d78 aHVudGVyMi14") == "[REDACTED:s] aHVudGVyMi14")
    }

    @Test func `large values are masked whole and line by line, with needles that fit into memory`()
    {
        var generator = SeededGenerator(seed: 11)
        let lines = (0..<2000).map { _ in
            String(
                (0..<64).map { _ in "0123456789abcdefXYZ+/".randomElement(using: &generator) ?? "0"
                }
            )
        }
        let bundle = lines.joined(separator: "\n")
        let policy = NeedlePolicy(secret: 0, encodings: Set(NeedleEncoding.allCases))
        var store = NeedleStore()
        var workbench = NeedleWorkbench()
        let bytes = Array(bundle.utf8)
        #expect(policy.addNeedles(of: bytes.span, to: &store, on: &workbench) == bytes.count)
        #expect(store.needles.count < 10_000)
        let redactor = Redactor()
        redactor.register(bundle, name: "s")
        #expect(redactor.redact("<\(bundle)>") == "<[REDACTED:s]>")
        #expect(redactor.redact("> \(lines[1234])") == "> [REDACTED:s]")
    }

    @Test func `a JSON secret of many strings has needles that fit into memory`() {
        let members = (0..<1000).map { #""password\#($0)": "p@ss-<\#($0)>-word""# }
        let value = Array("{\(members.joined(separator: ", "))}".utf8)
        let policy = NeedlePolicy(secret: 0, encodings: Set(NeedleEncoding.allCases))
        var store = NeedleStore()
        var workbench = NeedleWorkbench()
        _ = policy.addNeedles(of: value.span, to: &store, on: &workbench)
        #expect(store.needles.count < 20_000)
        let redactor = Redactor()
        redactor.register(value.span, name: "s")
        #expect(redactor.redact("p@ss-<999>-word") == "[REDACTED:s]")
    }
}
