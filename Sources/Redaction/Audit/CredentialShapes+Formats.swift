// SPDX-License-Identifier: Apache-2.0

extension CredentialShapes {
    private static let base64 = ByteSet.alphanumeric.union("+/=")
    private static let base64url = ByteSet.alphanumeric.union("-_")
    private static let upper = ByteSet(0x30...0x39, 0x41...0x5A)
    private static let hex = ByteSet(0x30...0x39, 0x61...0x66)

    /// Every format that is known.
    static let formats: [CredentialShape] =
        github + gitlab + aws + slack + stripe + google + azure + packages + others
        + [.jsonWebToken, .privateKey]

    private static let github: [CredentialShape] =
        ["ghp_", "gho_", "ghu_", "ghs_"].map { prefix in
            .prefixed("GitHub token", prefix, .alphanumeric, 36...36) {
                CredentialChecks.hasBase62Checksum($0, skip: 4) ? .certain : nil
            }
        } + [
            .prefixed("GitHub token", "ghr_", .alphanumeric, 76...76) {
                CredentialChecks.hasBase62Checksum($0, skip: 4) ? .certain : nil
            },
            .prefixed("GitHub token", "github_pat_", .alphanumeric.union("_"), 82...82) {
                CredentialChecks.hasHashChecksum($0) ? .certain : nil
            },
        ]

    private static let gitlab: [CredentialShape] = [
        .prefixed("GitLab token", "glpat-", base64url.union("."), 20...320, check: gitlabToken),
        .prefixed(
            "GitLab runner token",
            "glrt-",
            base64url.union("."),
            20...320,
            check: gitlabToken
        ),
        .prefixed("GitLab deploy token", "gldt-", base64url, 20...20),
        .prefixed("GitLab trigger token", "glptt-", hex, 40...40) { _ in .likely },
        .prefixed("GitLab job token", "glcbt-", base64url, 22...26),
    ]

    /// Routable tokens end in a length and a checksum; earlier ones are 20 characters.
    @Sendable
    private static func gitlabToken(_ token: Span<UInt8>) -> LeakFinding.Certainty? {
        let dots = token.indices.filter { token[$0] == UInt8(ascii: ".") }
        guard let first = dots.first else {
            let dash = (token.indices.first { token[$0] == UInt8(ascii: "-") } ?? 0) + 1
            return token.count - dash == 20 ? .possible : nil
        }
        guard let last = dots.last, token.count - last == 10, first >= 26 else { return nil }
        return CredentialChecks.hasBase36Checksum(token) ? .certain : nil
    }

    private static let aws: [CredentialShape] =
        ["AKIA", "ASIA"].map { prefix in
            .prefixed("AWS access key", prefix, upper, 16...16) {
                CredentialChecks.namesAccount($0) ? .likely : nil
            }
        }
        + [
            "secret_access_key", "SECRET_ACCESS_KEY", "SecretAccessKey", "secretAccessKey",
            "secretkey", "SecretKey", "secretKey", "aws_secret", "AWS_SECRET",
        ].map { .named("AWS secret key", $0, .alphanumeric.union("+/"), 40, check: mixed) }

    /// Of random characters some are digits, some capitals, some small letters; of hexadecimal digits not.
    @Sendable
    private static func mixed(_ value: Span<UInt8>) -> LeakFinding.Certainty? {
        var (digits, capitals, letters) = (0, 0, 0)
        for index in value.indices {
            switch value[index] {
            case 0x30...0x39: digits += 1
            case 0x41...0x5A: capitals += 1
            case 0x61...0x7A: letters += 1
            default: break
            }
        }
        return min(digits, capitals, letters) > 0 ? .likely : nil
    }

    private static let slack: [CredentialShape] =
        ["xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xoxe-"].map { prefix in
            .prefixed("Slack token", prefix, base64url, 20...255) {
                hasNumberFields($0) ? .likely : nil
            }
        } + [
            .prefixed("Slack app token", "xapp-", base64url, 60...255) { _ in .likely },
            .prefixed(
                "Slack webhook",
                "hooks.slack.com/services/",
                .alphanumeric.union("/"),
                40...60
            ) { url in
                url.indices.count { url[$0] == UInt8(ascii: "/") } == 4 ? .likely : nil
            },
        ]

    /// `xoxb-` and then two fields of digits at least before the last, random one.
    private static func hasNumberFields(_ token: Span<UInt8>) -> Bool {
        var fields: [Int] = [0]
        var digits: [Int] = [0]
        for index in 5..<token.count {
            if token[index] == UInt8(ascii: "-") {
                fields.append(0)
                digits.append(0)
                continue
            }
            fields[fields.count - 1] += 1
            if (0x30...0x39).contains(token[index]) { digits[digits.count - 1] += 1 }
        }
        let numbers = zip(fields, digits).dropLast().count { $0.0 == $0.1 && $0.0 >= 9 }
        return fields.count >= 3 && numbers >= 1 && (fields.last ?? 0) >= 20
    }

    private static let stripe: [CredentialShape] =
        ["sk_live_", "rk_live_", "sk_test_", "rk_test_"].map { prefix in
            .prefixed("Stripe key", prefix, .alphanumeric, 24...247, check: mixed)
        } + [.prefixed("Stripe webhook secret", "whsec_", .alphanumeric.union("+/="), 32...64)]

    private static let google: [CredentialShape] = [
        .prefixed("Google API key", "AIza", base64url, 35...35) { _ in .likely },
        .prefixed("Google OAuth secret", "GOCSPX-", base64url, 28...28) { _ in .likely },
        .prefixed("Google OAuth token", "ya29.", base64url.union("."), 30...2048),
    ]

    private static let azure: [CredentialShape] =
        ["AccountKey=", "account_key", "ACCOUNT_KEY", "accountKey", "SharedAccessKey="].map {
            name in
            // `=` ends the name here, so the value may follow at once.
            .named(
                "Azure account key",
                String(name.hasSuffix("=") ? name.dropLast() : name[...]),
                base64,
                88
            ) {
                CredentialChecks.base64($0).count == 64 && $0[86] == 0x3D ? .likely : nil
            }
        } + [.named("Azure access key", "SharedAccessKey", base64, 44)]
        + (0...9).map { .azureClientSecret(digit: $0) }

    private static let packages: [CredentialShape] = [
        .prefixed("npm token", "npm_", .alphanumeric, 36...36) {
            CredentialChecks.hasBase62Checksum($0, skip: 4) ? .certain : nil
        },
        .prefixed("PyPI token", "pypi-AgE", base64url, 80...2048) {
            CredentialChecks.isMacaroon($0) ? .certain : nil
        },
    ]

    private static let others: [CredentialShape] = [
        .prefixed("Docker token", "dckr_pat_", base64url, 27...64),
        .prefixed("Vault token", "hvs.", base64url, 24...2048),
        .prefixed("Vault token", "hvb.", base64url, 24...2048),
        .prefixed("DigitalOcean token", "dop_v1_", hex, 64...64) { _ in .likely },
        .prefixed("SendGrid key", "SG.", base64url.union("."), 66...66) { key in
            key[25] == UInt8(ascii: ".") ? .likely : nil
        },
        .prefixed("Anthropic key", "sk-ant-", base64url, 80...255) { _ in .likely },
        .prefixed("age key", "AGE-SECRET-KEY-1", upper, 58...58) { _ in .likely },
    ]
}

extension CredentialShape {
    /// `abc8Q~` and 31 to 34 characters: a client secret of Microsoft Entra ID.
    fileprivate static func azureClientSecret(digit: Int) -> CredentialShape {
        let alphabet = ByteSet.alphanumeric.union("-_.~")
        return CredentialShape(kind: "Azure client secret", trigger: "\(digit)Q~") {
            text,
            trigger in
            let start = trigger - 3
            guard start >= 0, start == 0 || !alphabet.contains(text[start - 1]) else { return nil }
            var end = start
            while end < text.count, end - start <= 40, alphabet.contains(text[end]) { end += 1 }
            guard (37...40).contains(end - start),
                (start..<trigger).allSatisfy({
                    alphabet.contains(text[$0])
                })
            else { return nil }
            if CredentialChecks.isPlaceholder(text.extracting(start..<end)) { return nil }
            return Match(range: start..<end, certainty: .likely)
        }
    }
}
