// SPDX-License-Identifier: Apache-2.0
import Cryptography
import Platform
import Secrets
import TestSupport
import Testing

struct LocalStoreFetchTests {
    @Test func `a class of every key is served in the class's order`() async throws {
        let store = try TestStore()
        try store.set("cicd/data/docker-registry", ["username": "ci-user", "password": "pw\n"])
        let files = try await store.fetch(
            classText(
                "vault",
                """
                roleName: r
                objects: |
                  - objectName: docker/password
                    secretPath: cicd/data/docker-registry
                    secretKey: password
                    filePermission: 0600
                  - objectName: docker-username
                    secretPath: /v1/cicd/data/docker-registry?version=2
                    secretKey: username
                """
            )
        )
        #expect(files.map(\.path) == ["docker/password", "docker-username"])
        #expect(files.map(\.mode) == [0o600, 0o644])
        #expect(files.map(\.content) == ["pw\n", "ci-user"])
        #expect(files.map(\.name) == ["docker/password", "docker-username"])
        #expect(files.map(\.storeVersion) == ["1", "1"])
    }
}
