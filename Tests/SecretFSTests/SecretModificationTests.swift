// SPDX-License-Identifier: Apache-2.0
import Platform
import SecretFS
import TestSupport
import Testing

/// Nothing can be changed, whether the mount is read-only or the server has to refuse.
@Suite(.requiresFUSE)
struct SecretModificationTests {
    static let attempts = [
        "echo x > token", "echo x >> token", ": > token", "echo x > new", "cat 1<> token",
        "truncate -s 0 token", "truncate -s 1 token", "mkdir new", "rmdir db", "rm -f token",
        "mv token new",
        "mv db/password .", "ln token new", "ln -s token new", "mkfifo new", "chmod 600 token",
        "chown 1 token", "touch token", "touch new", "touch -d 2001-01-01 db", "cp token new",
        "dd if=token of=token status=none", "fallocate -l 10 token",
    ]

    @Test(arguments: attempts, [true, false])
    func `a change is refused with EROFS`(script: String, isReadOnly: Bool) throws {
        let secrets = try MountedSecrets(isReadOnly: isReadOnly)
        try secrets.publish(["token": "s3cret", "db/password": "hunter2"])
        let outcome = try secrets.run(script)
        #expect(outcome.exitCode != 0, "\(outcome)")
        #expect(outcome.error.contains("Read-only file system"), "\(outcome)")
        #expect(try secrets.read("t/token") == "s3cret")
        #expect(try Directory.names(in: secrets.path("t")) == ["db", "token"])
    }

    @Test(arguments: [FileDescriptor.Mode.writeOnly, .readWrite, [.readOnly, .truncate]])
    func `an open that could change a file is refused and not recorded`(
        mode: FileDescriptor.Mode
    ) throws {
        let secrets = try MountedSecrets(isReadOnly: false)
        try secrets.publish(["token": "s3cret"])
        let error = #expect(throws: SystemError.self) {
            _ = try FileDescriptor.open(secrets.path("t/token"), mode)
        }
        #expect(error?.code == .readOnlyFilesystem)
        #expect(secrets.accesses.all.isEmpty)
    }

    @Test(arguments: [true, false]) func `no call changes anything`(isReadOnly: Bool) throws {
        let modifier = try CProgram.modifier()
        let secrets = try MountedSecrets(isReadOnly: isReadOnly)
        try secrets.publish(["token": "s3cret", "db/password": "hunter2"])
        let outcome = try secrets.run("\(modifier.path) token db")
        #expect(outcome.exitCode == 0)
        #expect(outcome.output == "")
        #expect(try secrets.read("t/token") == "s3cret")
    }
}
