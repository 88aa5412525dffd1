// SPDX-License-Identifier: Apache-2.0
import Cryptography
import Diagnostics
import Secrets
import Testing

/// The Secrets that `secretObjects` make.
struct SyncedSecretsTests {
    private static let file = "text that is not PEM\n"

    private func make(_ type: String, _ keys: [String], _ content: String) throws -> SyncedSecrets {
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
        let value = try LockedBytes(copying: Array(content.utf8).span)
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
                == "secret `s`, key `tls.crt`: the file is no PEM text; PFX is not taken apart here, so "
                + "ask the store for PEM"
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
