// SPDX-License-Identifier: Apache-2.0

/// The Task documents that are measured.
enum Workload {
    /// The entry of the embedded store that the class below asks for.
    static let storeName = "bench/data/values"
    static let secretCount = 10

    /// A value as a random password is, the same in every run.
    static func secret(_ index: Int) -> String {
        var state = UInt64(index + 1) &* 0x9E37_79B9_7F4A_7C15
        let alphabet = Array("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789".utf8)
        let bytes = (0..<24).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return alphabet[Int(state >> 33) % alphabet.count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A Task whose every step mounts ten secrets at /mnt/secrets.
    ///
    /// - Parameters:
    ///   - steps: what each step runs, as a script for `sh`, in YAML.
    ///   - workspaces: the names of those that it declares, to be bound by `-w`.
    /// - Returns: the documents, as YAML.
    static func task(steps: [String], workspaces: [String] = []) -> String {
        let objects = (0..<secretCount).map { index in
            """
                  - objectName: value\(index)
                    secretPath: \(storeName)
                    secretKey: value\(index)
            """
        }
        let stepTexts = steps.map { "    - image: busybox\n      command: [sh, -c, \($0)]" }
        return """
            apiVersion: secrets-store.csi.x-k8s.io/v1
            kind: SecretProviderClass
            metadata:
              name: bench
            spec:
              provider: vault
              parameters:
                vaultAddress: https://vault.example.com:8200
                roleName: bench
                objects: |
            \(objects.joined(separator: "\n"))
            ---
            apiVersion: tekton.dev/v1
            kind: Task
            metadata:
              name: bench
            spec:
              workspaces: [\(workspaces.map { "{name: \($0)}" }.joined(separator: ", "))]
              volumes:
                - name: secrets
                  csi:
                    driver: secrets-store.csi.k8s.io
                    readOnly: true
                    volumeAttributes:
                      secretProviderClass: bench
              stepTemplate:
                volumeMounts:
                  - name: secrets
                    mountPath: /mnt/secrets
                    readOnly: true
              steps:
            \(stepTexts.joined(separator: "\n"))

            """
    }
}
