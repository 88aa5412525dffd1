// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Redaction

/// What real programs print of a password full of punctuation, and of keys.
@Suite struct EncodedFormsTests {
    struct Form: Sendable, CustomTestStringConvertible {
        let program: String
        let secret: String
        /// What the program prints.
        let printed: String
        let masked: String

        var testDescription: String { program }
    }

    private static let password = #"p@ss/w0rd+&="x'<y>\z $H0ME`!%q"#
    private static let controls = "tab\tnl\nend-\u{1}\u{7F}AnP9Gf5DNERK"

    private static func form(
        _ program: String,
        _ printed: String,
        in frame: (String, String) = ("", ""),
        of secret: String = password
    ) -> Form {
        Form(
            program: program,
            secret: secret,
            printed: frame.0 + printed + frame.1,
            masked: frame.0 + "[REDACTED:s]" + frame.1
        )
    }

    static let forms = [
        form("bash set -x", #"p@ss/w0rd+&="x'\''<y>\z $H0ME`!%q"#, in: ("+ : '", "'\n")),
        form("bash printf %q", #"p@ss/w0rd+\&=\"x\'\<y\>\\z\ \$H0ME\`\!%q"#),
        form("bash declare -p", #"p@ss/w0rd+&=\"x'<y>\\z \$H0ME\`!%q"#, in: ("S=\"", "\"\n")),
        form("dash export -p", #"p@ss/w0rd+&="x'"'"'<y>\z $H0ME`!%q"#, in: ("S='", "'\n")),
        form(
            "bash declare -p",
            #"tab\tnl\nend-\001\177AnP9Gf5DNERK"#,
            in: ("$'", "'"),
            of: controls
        ),
        form(
            "coreutils printf %q",
            #"tab'$'\t''nl'$'\n''end-'$'\001\177''AnP9Gf5DNERK"#,
            in: ("'", "'"),
            of: controls
        ),
        form("unquoted echo", "tab nl end-\u{1}\u{7F}AnP9Gf5DNERK", of: controls),
        form("Python repr", #"p@ss/w0rd+&="x\'<y>\\z $H0ME`!%q"#, in: ("'", "'")),
        form("Python repr", #"tab\tnl\nend-\x01\x7fAnP9Gf5DNERK"#, in: ("'", "'"), of: controls),
        form("Go %q", #"p@ss/w0rd+&=\"x'<y>\\z $H0ME`!%q"#, in: ("\"", "\"")),
        form("Rust {:?}", #"tab\tnl\nend-\u{1}\u{7f}AnP9Gf5DNERK"#, in: ("\"", "\""), of: controls),
        form("Python ascii", #"p\xe4ss-\u65e5\u672c-\U0001f511-geheim"#, of: "päss-日本-🔑-geheim"),
        form("Python json", #"p\u00e4ss-\u65e5\u672c-\ud83d\udd11-geheim"#, of: "päss-日本-🔑-geheim"),
        form("Go json", #"p@ss/w0rd+\u0026=\"x'\u003cy\u003e\\z $H0ME`!%q"#, in: ("\"", "\"")),
        form("PHP json_encode", #"p@ss\/w0rd+&=\"x'<y>\\z $H0ME`!%q"#, in: ("\"", "\"")),
        form(
            "System.Text.Json",
            #"p@ss/w0rd\u002B\u0026=\u0022x\u0027\u003Cy\u003E\\z $H0ME\u0060!%q"#
        ),
        form("JSON in JSON", #"p@ss/w0rd+&=\\\"x'<y>\\\\z $H0ME`!%q"#),
        form(
            "JSON in bash set -x",
            #"p@ss/w0rd+&=\"x'\''<y>\\z $H0ME`!%q"#,
            in: ("'{\"p\":\"", "\"}'")
        ),
        form("bash set -x in JSON", #"p@ss/w0rd+&=\"x'\\''<y>\\z $H0ME`!%q"#, in: ("\"+ '", "'\"")),
        form("encodeURIComponent", "p%40ss%2Fw0rd%2B%26%3D%22x'%3Cy%3E%5Cz%20%24H0ME%60!%25q"),
        form("URLSearchParams", "p%40ss%2Fw0rd%2B%26%3D%22x%27%3Cy%3E%5Cz+%24H0ME%60%21%25q"),
        form("lower-case percents", "p%40ss%2fw0rd%2b%26%3d%22x%27%3cy%3e%5cz%20%24H0ME%60%21%25q"),
        form("Python quote", "p%40ss/w0rd%2B%26%3D%22x%27%3Cy%3E%5Cz%20%24H0ME%60%21%25q"),
        form("Python html.escape", #"p@ss/w0rd+&amp;=&quot;x&#x27;&lt;y&gt;\z $H0ME`!%q"#),
        form("Go html", #"p@ss/w0rd+&amp;=&#34;x&#39;&lt;y&gt;\z $H0ME`!%q"#),
        form(
            "HTML escaped twice",
            #"p@ss/w0rd+&amp;amp;=&amp;quot;x&amp;#39;&amp;lt;y&amp;gt;\z $H0ME`!%q"#
        ),
        form("SQL", #"p@ss/w0rd+&="x''<y>\z $H0ME`!%q"#, in: ("'", "'")),
        form("make", #"p@ss/w0rd+&="x'<y>\z $$H0ME`!%q"#),
        form("hexdump", "704073732f773072642b263d2278273c793e5c7a202448304d4560212571"),
        form("user:password base64", "wQHNzL3cwcmQrJj0ieCc8eT5ceiAkSDBNRWAhJX", in: ("dTp", "E=")),
        form(
            "base64url of a claim",
            "naHBfUzFxSjBKb1FtWWZ5",
            in: (".eyJ0Ijoi", "In0."),
            of: "ghp_S1qJ0JoQmYfy"
        ),
    ]

    @Test(arguments: forms)
    func `a password is masked as programs print it`(_ form: Form) {
        let redactor = Redactor()
        redactor.register(form.secret, name: "s")
        #expect(redactor.redact(form.printed) == form.masked)
    }

    @Test(arguments: ["\r\n", " ", "", "\\n", "\n    ", "\n\n"])
    func `the lines of a key are masked however they are put together`(_ separator: String) {
        let redactor = Redactor()
        let lines = ["-----BEGIN KEY-----", "MIIEowIBAAKCAQEA", "q83n+Zk=", "-----END KEY-----"]
        redactor.register(lines.joined(separator: "\n"), name: "k")
        #expect(redactor.redact("<" + lines.joined(separator: separator) + ">") == "<[REDACTED:k]>")
    }

    @Test(arguments: [2, 4])
    func `what is not UTF-8 is masked as decoders replace it`(_ replacementCount: Int) {
        let redactor = Redactor()
        let secret = Array("key-1234".utf8) + [0xE6, 0x97, 0xF0, 0x9F] + Array("5678".utf8)
        redactor.register(secret.span, name: "s")
        let replaced = String(repeating: "\u{FFFD}", count: replacementCount)
        #expect(redactor.redact("<key-1234\(replaced)5678>") == "<[REDACTED:s]>")
    }
}
