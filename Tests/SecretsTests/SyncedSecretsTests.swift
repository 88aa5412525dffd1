// SPDX-License-Identifier: Apache-2.0
import Cryptography
import Diagnostics
import Platform
import Secrets
import TestSupport
import Testing

/// The Secrets that `secretObjects` make.
struct SyncedSecretsTests {
    private static let file = "text that is not PEM\n"

    private func make(_ type: String, _ keys: [String], _ content: String) throws -> SyncedSecrets {
        try make(type, keys, Array(content.utf8))
    }

    private func make(_ type: String, _ keys: [String], _ content: [UInt8]) throws -> SyncedSecrets
    {
        let items = keys.map { "        - {objectName: f, key: \($0)}\n" }.joined()
        let text = classText(
            "vault",
            "roleName: r\nobjects: '[{objectName: f, secretPath: p, secretKey: k}]'",
            """
              secretObjects:
                - secretName: s
                  type: \(type)
                  labels: {a: b}
                  annotations: {c: d}
                  data:
            \(items)
            """
        )
        let parsed = parseClass(text)
        #expect(said(parsed.diagnostics) == [])
        let value = try LockedBytes(copying: content.span)
        let version = SecretVersion(name: "f", value: value, number: 3, storeVersion: "7")
        let fetched = FetchedSecret(path: "f", mode: 0o644, version: version)
        return try SyncedSecrets(of: try #require(parsed.secretClass), from: [fetched])
    }

    private func text(_ version: SecretVersion?) -> String? {
        version?.value.withBytes { bytes in
            String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
        }
    }

    private func refusal(_ key: String, _ content: String) throws -> String? {
        let error = #expect(throws: SecretStoreError.self) {
            _ = try make("kubernetes.io/tls", [key], content)
        }
        #expect(error?.failures.first?.object == "f")
        return error?.failures.first?.message
    }

    @Test func `an opaque Secret's keys share the files' versions`() throws {
        let secret = try #require(try make("Opaque", ["one", "two"], Self.file).secrets["s"])
        #expect(secret.type == "Opaque")
        #expect(secret.labels == ["a": "b", "secrets-store.csi.k8s.io/managed": "true"])
        #expect(secret.annotations == ["c": "d"])
        #expect(secret.data["one"] === secret.data["two"])
        #expect(text(secret.data["one"]) == Self.file)
        #expect(secret.data["one"]?.name == "f")
    }

    @Test(arguments: [
        (PEMSamples.curveKey, PEMSamples.traditionalCurveKey),
        (PEMSamples.traditionalCurveKey, PEMSamples.traditionalCurveKey),
        (PEMSamples.rsaKey, PEMSamples.traditionalRSAKey),
        (PEMSamples.traditionalRSAKey, PEMSamples.traditionalRSAKey),
    ])
    func `a TLS Secret's key and certificates are taken out of one file`(
        key: String,
        traditional: String
    ) throws {
        let file =
            "Bag Attributes\n" + key + "subject=/CN=a\n" + PEMSamples.certificate
            + PEMSamples.certificate
        let made = try make("kubernetes.io/tls", ["tls.key", "tls.crt"], file)
        let data = try #require(made.secrets["s"]).data
        #expect(text(data["tls.key"]) == traditional)
        #expect(text(data["tls.crt"]) == PEMSamples.certificate + PEMSamples.certificate)
        #expect(data["tls.key"]?.name == "f/tls.key")
        #expect(data["tls.key"]?.number == 3)
        #expect(data["tls.key"]?.storeVersion == "7")
    }

    /// A PFX archive of the sample's certificate and key, made by openssl as people make it.
    private func archive(_ key: String, _ options: String...) throws -> [UInt8] {
        let directory = try TemporaryDirectory()
        let (keyFile, certificate) = (directory.path("key"), directory.path("certificate"))
        let made = try Command(
            ["openssl", "req", "-x509", "-nodes", "-days", "9", "-subj", "/CN=pfx", "-newkey"]
                + key.split(separator: " ").map(String.init)
                + ["-keyout", keyFile, "-out", certificate]
        ).run()
        #expect(made.exitCode == 0, "\(made)")
        let packed = try Command(
            ["openssl", "pkcs12", "-export", "-inkey", keyFile, "-in", certificate, "-out"]
                + [directory.path("pfx")] + options
        ).run()
        #expect(packed.exitCode == 0, "\(packed)")
        return try FileDescriptor.open(directory.path("pfx")).readToEnd()
    }

    @Test(arguments: [("rsa:2048", "RSA"), ("ec -pkeyopt ec_paramgen_curve:P-256", "EC")])
    func `a TLS Secret's key and certificate are taken out of a PFX archive, too`(
        key: String,
        kind: String
    ) throws {
        let made = try make(
            "kubernetes.io/tls",
            ["tls.key", "tls.crt"],
            archive(key, "-passout", "pass:")
        )
        let data = try #require(made.secrets["s"]).data
        let keyText = try #require(text(data["tls.key"]))
        #expect(keyText.hasPrefix("-----BEGIN \(kind) PRIVATE KEY-----\n"), "\(keyText)")
        let certificate = try #require(text(data["tls.crt"]))
        #expect(certificate.hasPrefix("-----BEGIN CERTIFICATE-----\n"))
        // They belong together, as openssl sees them.
        let keys = try [
            (["pkey", "-pubout"], keyText), (["x509", "-noout", "-pubkey"], certificate),
        ].map { try Command(["openssl"] + $0.0, input: $0.1).run().output }
        #expect(keys[0].contains("PUBLIC KEY") && keys[0] == keys[1])
        #expect(throws: SecretStoreError.self) {
            try make("kubernetes.io/tls", ["tls.key"], archive(key, "-passout", "pass:locked"))
        }
    }

    /// The types that Kubernetes documents, each with a value that it checks or that clients read.
    @Test(arguments: [
        (
            "kubernetes.io/dockerconfigjson", ".dockerconfigjson",
            #"{"auths":{"r.example":{"auth":"YTpi"}}}"#
        ),
        ("kubernetes.io/dockercfg", ".dockercfg", #"{"r.example":{"auth":"YTpi"}}"#),
        ("kubernetes.io/basic-auth", "password", "p4ss w0rd\n"),
        ("kubernetes.io/ssh-auth", "ssh-privatekey", "-----BEGIN OPENSSH PRIVATE KEY-----\nx\n"),
        ("kubernetes.io/service-account-token", "token", "ey.ey.sig"),
        ("bootstrap.kubernetes.io/token", "token-secret", "f395accd246ae52d"),
        ("example.com/own", "any.key_of-mine", "\u{0}\u{1}binary"),
    ])
    func `every other type's values are the file's bytes, whatever they hold`(
        type: String,
        key: String,
        value: String
    ) throws {
        let secret = try #require(try make(type, [key], value).secrets["s"])
        #expect(secret.type == type)
        #expect(text(secret.data[key]) == value)
    }

    @Test func `blanks around an object's name and a key count for nothing, as in the driver`()
        throws
    {
        let (parsed, diagnostics) = parseClass(
            classText(
                "vault",
                "roleName: r\nobjects: '[{objectName: f, secretPath: p, secretKey: k}]'",
                "  secretObjects: [{secretName: s, type: Opaque, data: [{objectName: 'f   ', key: '  k1'}]}]"
            )
        )
        #expect(said(diagnostics) == [])
        let value = try LockedBytes(copying: Array("v".utf8).span)
        let file = FetchedSecret(
            path: "f",
            mode: 0o644,
            version: SecretVersion(name: "f", value: value)
        )
        let made = try SyncedSecrets(of: try #require(parsed), from: [file])
        #expect(text(made.secrets["s"]?.data["k1"]) == "v")
    }

    @Test func `what a TLS Secret cannot be made of is said`() throws {
        let noKey =
            "secret `s`, key `tls.key`: the file holds no private key of RSA or an elliptic curve "
            + "without a passphrase"
        #expect(try refusal("tls.key", PEMSamples.certificate) == noKey)
        #expect(try refusal("tls.key", PEMSamples.edwardsKey) == noKey)
        #expect(try refusal("tls.key", PEMSamples.encryptedKey) == noKey)
        #expect(
            try refusal("tls.crt", PEMSamples.curveKey)
                == "secret `s`, key `tls.crt`: the file holds no certificate"
        )
        #expect(
            try refusal("tls.crt", Self.file)
                == "secret `s`, key `tls.crt`: the file is neither PEM text nor a PFX archive without a "
                + "password"
        )
    }

    @Test func `a file that the store did not serve is a failure with its place`() throws {
        let parsed = parseClass(
            classText(
                "vault",
                "roleName: r\nobjects: '[{objectName: f, secretPath: p}]'",
                "  secretObjects: [{secretName: s, type: t, data: [{objectName: f, key: k}]}]"
            )
        )
        let secretClass = try #require(parsed.secretClass)
        let error = #expect(throws: SecretStoreError.self) {
            _ = try SyncedSecrets(of: secretClass, from: [])
        }
        #expect(
            error?.description
                == "class `test`: object `f`: secret `s`, key `k`: file matching objectName f not found"
        )
        #expect(error?.failures.first?.location?.line == 10)
    }
}
