// SPDX-License-Identifier: Apache-2.0
@testable import Redaction
import Testing

/// What looks like a credential, and what only does at first sight; all of them made up.
@Suite struct CredentialShapesTests {
    private func found(_ text: String) -> [LeakFinding] {
        let bytes = Array(text.utf8)
        return LeakAudit(Redactor(forAudits: true), findsShapes: true).findings(in: bytes.span)
    }

    private static let credentials: [(String, String, LeakFinding.Certainty)] = [
        (
            "GitHub token", "ghp_S1q" + "J0JoQmYfyvGBNqwN1aaXCoErMh53bKpsq",
            LeakFinding.Certainty.certain
        ),
        (
            "GitHub token",
            "github_"
                + "pat_11AAYCBDQ0tjwxY3uiVv5v_lo8vfONwp06Vaq9ORB7pSxWM1UT5wSEuqxoxNv15mbAJTNMO62SdeYHLyzV",
            LeakFinding.Certainty.certain
        ),
        (
            "npm token", "npm_k3V" + "hF9pQz2LmX7rTb8NcYw4JsD6Gea4XQCBj",
            LeakFinding.Certainty.certain
        ),
        (
            "GitLab token", "glpat-v" + "SY1cyL948aAB440qB6L4zlu9OzsUmEV.01.0w0sfevch",
            LeakFinding.Certainty.certain
        ),
        (
            "PyPI token",
            "pypi-Ag"
                + "EIcHlwaS5vcmcCJDdmM2ExYzkyLTRiZTAtNGQxZi05YTZlLTBjNTVkMmU0YjdmMQAABiDsMWgv3lYZF5Uv94p6it7_0P68Ny3SaHGRbEbGMDgbRQ",
            LeakFinding.Certainty.certain
        ),
        ("AWS access key", "AKIAVLO" + "ZRYKIJO2E4CSN", LeakFinding.Certainty.likely),
        (
            "Slack token", "xoxb-24" + "78913560147-3819265047713-kQ7dWm2xVb9RtYpLz4NcHs8F",
            LeakFinding.Certainty.likely
        ),
        ("Stripe key", "sk_live" + "_51Hq7kZ2eLxVw9TnB4mRcDyGf", LeakFinding.Certainty.likely),
        (
            "Google API key", "AIzaSyD" + "9k2Lw7XqRt4Vb8NmZc1PfHj6GsYe3U0o",
            LeakFinding.Certainty.likely
        ),
        (
            "Azure client secret", "q7x8Q~R" + "k2LwXb9TnVm4ZcYpHd6GsJf3Ue1oAiBt",
            LeakFinding.Certainty.likely
        ),
        (
            "JSON Web Token",
            "eyJhbGc"
                + "iOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJjaSIsImV4cCI6MTk5OTk5OTk5OSwidCI6IiJ9.BDpxh3TFcr2KJa2-sb_NXAJWrhHOz5-cP5JdDlK-r4k",
            LeakFinding.Certainty.likely
        ),
    ]

    private static let key = """
        -----BEGIN EC PRIVATE KEY-----
        MHcCAQEEIFFDWAL0AIfxY7x+oW2BSIvWpNP2Ncj5mXs4GoeOlV56oAoGCCqGSM49
        AwEHoUQDQgAERl04OHGUAGvSGpsKPMAthnfzsVFIvUH9bc6Ez1wBfwQiwqbWI5ev
        oIIJZNaGrz3qejjnFY03WoyLyogALwbn6g==
        -----END EC PRIVATE KEY-----
        """

    @Test(arguments: credentials)
    func `a credential is found wherever it stands`(
        _ kind: String,
        _ text: String,
        _ certainty: LeakFinding.Certainty
    ) {
        for line in ["x=\(text) y", "\"\(text)\"", text, "https://u:\(text)@host/"] {
            let findings = found(line)
            #expect(findings.map(\.subject) == [.shape(kind)], "\(line)")
            #expect(findings.map(\.certainty) == [certainty])
            #expect(findings.map(\.length) == [text.utf8.count])
        }
    }

    @Test(arguments: credentials.filter { $0.2 == .certain })
    func `with a character changed, a credential with a checksum is none`(
        _ kind: String,
        _ text: String,
        _: LeakFinding.Certainty
    ) {
        // PyPI's structure knows nothing of the signature's bytes.
        if kind == "PyPI token" { return #expect(found(String(text.dropLast(12))).isEmpty) }
        var bytes = Array(text.utf8)
        bytes[14] = bytes[14] == UInt8(ascii: "Q") ? UInt8(ascii: "R") : UInt8(ascii: "Q")
        #expect(found(String(decoding: bytes, as: UTF8.self)).isEmpty)
    }

    @Test(arguments: [
        ("AWS_SECRET_ACCESS_KEY=kR8vZq2LxW7mTn4Bc9YpHd6GsJf3Ue1oAiXt5VwQ", "AWS secret key"),
        (
            "AccountKey=H0D8ktokFpR1CXnubPWC8tXX0o4YM13gWrxU0FYO"
                + "D1MChgxlK/CNVgJSql50IQVG82n7u86MEs/HlXsmUv6adQ==;EndpointSuffix=core",
            "Azure account key"
        ),
    ])
    func `a value is found by the name before it`(_ text: String, _ kind: String) {
        #expect(found(text).map(\.subject) == [.shape(kind)])
    }

    @Test func `a private key is found in lines, indented and in a JSON string`() {
        for text in [
            Self.key, "  " + Self.key.replacing("\n", with: "\n  "),
            Self.key.replacing("\n", with: "\\n"),
        ] {
            #expect(found("key: \(text)\nend").map(\.subject) == [.shape("private key")])
        }
    }

    @Test(arguments: [
        "ghp_S1qJ0JoQmYfyvGBNqwN1aaXCoErMh50P2409", "ghp_short", "AKIAIOSFODNN7EXAMPLE",
        "AKIAlowercase", "AKIA0000000000000000", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        "AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c",
        "eyJ.eyJ.x", "-----BEGIN CERTIFICATE-----\nMIIB", "-----BEGIN RSA PRIVATE KEY-----\n...",
        "-----BEGIN PRIVATE KEY-----", "glpat-xxxxxxxxxxxxxxxxxxxx",
        "npm_" + "aB3dE6gH9".prefix(9) + "jK2mN5pQ8sT1vW4yZ7bC0dF3hJ",
        "xoxb-not-a-real-token-at-all", "sk_live_your_key_here", "pypi-AgEIcHlwaS5vcmcCJ",
        "AIzaSy...",
    ])
    func `what documentation shows is none`(_ text: String) {
        #expect(found("token: \(text)\n").isEmpty)
    }

    @Test func `nothing is sought unless it is asked for`() {
        let bytes = Array(Self.credentials[0].1.utf8)
        #expect(LeakAudit(Redactor(forAudits: true)).findings(in: bytes.span).isEmpty)
    }
}
