// SPDX-License-Identifier: Apache-2.0
import Git
import Testing

@Suite struct GitAddressTests {
    @Test(arguments: [
        ("https://host/a/b.git", "https://host/a/b.git"),
        ("https://user:token@HOST:8443/a.git", "https://host:8443/a.git"),
        ("https://tok%40en@host/a.git", "https://host/a.git"),
        ("ssh://git@host:2222/a.git", "ssh://git@host:2222/a.git"),
        ("git@host:a/b.git", "git@host:a/b.git"),
        ("file:///srv/a.git", "/srv/a.git"),
        ("/srv/a.git", "/srv/a.git"),
        ("https://[::1]:8443/a.git", "https://[::1]:8443/a.git"),
    ])
    func `what is stored of an address has no user and no password`(
        text: String,
        clean: String
    ) throws {
        #expect("\(try GitAddress(text).url)" == clean)
    }

    @Test func `a user and a password are taken out of an address, decoded`() throws {
        let address = try GitAddress("https://o%3Aauth:p%40ss:word@host/a.git")
        guard case .password(let user, let password) = address.credential else {
            Issue.record("no credential")
            return
        }
        #expect(user.withBytes { $0.count } == 6)
        let text = password.withBytes { bytes in bytes.indices.map { bytes[$0] } }
        #expect(text == Array("p@ss:word".utf8))
    }

    @Test(arguments: [
        "", "https://host", "ftp://host/a", "https://host:99999/a", "https://-oProxy/a",
        "ssh://-oProxyCommand=x/a", "https://a b/c", "ssh://git:pw@host/a", "-x@host:a",
        "https://host\u{7}/a", "file://elsewhere/a",
    ])
    func `an address that could be taken for something else is refused`(text: String) {
        #expect(throws: GitError.self) { try GitAddress(text) }
    }
}
