// SPDX-License-Identifier: Apache-2.0
import Platform
import SecretFS
import Testing

/// What is published, as this process's own calls see it.
@Suite(.requiresFUSE)
struct SecretFilesystemTests {
    @Test func `a published file holds its object's value`() throws {
        let secrets = try MountedSecrets()
        try secrets.publish(["token": "s3cret", "db/password": "hunter2", "empty": ""])
        #expect(try secrets.read("t/token") == "s3cret")
        #expect(try secrets.read("t/db/password") == "hunter2")
        #expect(try secrets.read("t/empty") == "")
        #expect(try Directory.names(in: secrets.path("t")) == ["db", "empty", "token"])
    }
}
