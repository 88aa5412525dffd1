// SPDX-License-Identifier: Apache-2.0
import Platform
import SecretFS
import TestSupport
import Testing

/// What is published, by name and attributes.
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

    @Test func `size, mode, owner and time are the object's`() throws {
        let clock = WallClock { 1_700_000_000_123_456_789 }
        let secrets = try MountedSecrets(clock: clock)
        let key = try MountedSecrets.version("0123456789", of: "key")
        let files = [
            SecretFile(path: "key", mode: 0o400, content: key),
            SecretFile(path: "bin/run", mode: 0o755, content: key),
        ]
        try secrets.filesystem.publish(files, for: MountedSecrets.reader, at: "t")
        let outcome = try secrets.run("stat -c '%n %F %s %a %u %g %h %.9Y %b' key bin bin/run .")
        #expect(
            outcome.output == """
                key regular file 10 400 0 0 1 1700000000.123456789 1
                bin directory 0 755 0 0 2 1700000000.123456789 0
                bin/run regular file 10 755 0 0 1 1700000000.123456789 1
                . directory 0 755 0 0 3 1700000000.123456789 0

                """,
            "\(outcome)"
        )
    }

    @Test func `ls -la shows plain files, dot and dot-dot, and nothing else`() throws {
        let secrets = try MountedSecrets()
        try secrets.publish(["token": "s3cret", "db/password": "hunter2"])
        let outcome = try secrets.run("ls -la | cut -c1-10,45- | sed 's/.* //'; ls -la | wc -l")
        #expect(outcome.error == "")
        let listing = try secrets.run("ls -lan").output.split(separator: "\n").map {
            $0.split(separator: " ")
        }
        #expect(listing.dropFirst().map { $0[$0.count - 1] } == [".", "..", "db", "token"])
        #expect(
            listing.dropFirst().map { $0[0] } == [
                "drwxr-xr-x", "drwxr-xr-x", "drwxr-xr-x", "-rw-r--r--",
            ]
        )
    }

    @Test func `a thousand files are listed whole, page by page`() throws {
        let secrets = try MountedSecrets()
        let names = (0..<1000).map { "object-with-a-rather-long-name-to-fill-the-page-\($0)" }
        try secrets.publish(Dictionary(uniqueKeysWithValues: names.map { ($0, "v") }))
        #expect(try Directory.names(in: secrets.path("t")) == names.sorted())
        #expect(try secrets.run("ls -f | wc -l").output == "1002\n")
        #expect(try secrets.run("cat * | wc -c").output == "1000\n")
    }

    @Test func `a listing under way is not disturbed by what is published meanwhile`() throws {
        let secrets = try MountedSecrets()
        for index in 0..<40 { try secrets.publish(["token": "v"], at: "run-\(index)") }
        let listing = try FileDescriptor.open(secrets.path(), .directory)
        for index in 0..<20 { secrets.filesystem.withdraw("run-\(index * 2)") }
        try secrets.publish(["token": "v"], at: "late")
        let seen = try Directory.names(in: "/proc/self/fd/\(listing.number)")
        #expect(seen == ["late"] + (0..<20).map { "run-\($0 * 2 + 1)" }.sorted())
    }

    @Test(arguments: [
        "with space", "new\nline", "tab\tquote\"'", "-rf", "*", "\\", "ünïcødé-ключ", "…",
        ".hidden",
        String(repeating: "n", count: 255),
    ])
    func `a name may be any bytes`(name: String) throws {
        let secrets = try MountedSecrets()
        try secrets.publish([name: "value", "sub/\(name)": "nested"])
        #expect(try Directory.names(in: secrets.path("t")).contains(name))
        #expect(try secrets.read("t/\(name)") == "value")
        #expect(try secrets.read("t/sub/\(name)") == "nested")
    }

    @Test func `directories nest deep`() throws {
        let secrets = try MountedSecrets()
        let path = (0..<40).map { "d\($0)" }.joined(separator: "/") + "/leaf"
        try secrets.publish([path: "deep"])
        #expect(try secrets.read("t/\(path)") == "deep")
        #expect(try secrets.run("find . -type f").output == "./\(path)\n")
    }

    @Test(arguments: [
        "", "/abs", "a//b", "a/", ".", "..", "a/../b", "./a", "nul\0byte",
        String(repeating: "n", count: 256),
    ])
    func `a path that is no plain relative path is refused`(path: String) throws {
        let secrets = try MountedSecrets()
        let file = SecretFile(
            path: path,
            mode: 0o644,
            content: try MountedSecrets.version("v", of: "o")
        )
        let good = SecretFile(path: "good", mode: 0o644, content: file.content)
        #expect(throws: SecretFSError(path, .invalidName)) {
            try secrets.filesystem.publish([good, file], for: MountedSecrets.reader, at: "t")
        }
        #expect(try Directory.names(in: secrets.path()) == [])
    }

    @Test(arguments: [
        (["a", "a"], SecretFSError("a", .duplicate)),
        (["a", "a/b"], SecretFSError("a/b", .fileAndDirectory)),
        (["a/b", "a"], SecretFSError("a", .fileAndDirectory)),
        (["x/a/b", "x/a/b/c"], SecretFSError("x/a/b/c", .fileAndDirectory)),
    ])
    func `objects that collide are refused together`(paths: [String], error: SecretFSError) throws {
        let secrets = try MountedSecrets()
        let content = try MountedSecrets.version("v", of: "o")
        let files = paths.map { SecretFile(path: $0, mode: 0o644, content: content) }
        #expect(throws: error) {
            try secrets.filesystem.publish(files, for: MountedSecrets.reader, at: "t0/s1/v0")
        }
        #expect(try Directory.names(in: secrets.path()) == [])
    }

    @Test func `a tree can be the root itself`() throws {
        let secrets = try MountedSecrets()
        try secrets.publish(["token": "s3cret"], at: "")
        #expect(try secrets.read("token") == "s3cret")
        secrets.filesystem.withdraw("")
        #expect(try Directory.names(in: secrets.path()) == [])
    }

    @Test func `permissions are the kernel's to check`() throws {
        let secrets = try MountedSecrets()
        let content = try MountedSecrets.version("v", of: "o")
        let files = [
            SecretFile(path: "private", mode: 0o600, content: content),
            SecretFile(path: "shared", mode: 0o644, content: content),
        ]
        try secrets.filesystem.publish(files, for: MountedSecrets.reader, at: "t")
        let other = "setpriv --reuid 1234 --regid 1234 --clear-groups"
        let outcome = try secrets.run("\(other) cat shared; \(other) cat private")
        #expect(outcome.output == "v")
        #expect(outcome.error.contains("Permission denied"))
        #expect(secrets.accesses.all.map(\.file.path) == ["shared"])
        #expect(secrets.accesses.all.map(\.uid) == [1234])
    }

    @Test func `df and stat -f answer`() throws {
        let secrets = try MountedSecrets()
        try secrets.publish(["token": "s3cret"])
        #expect(try secrets.run("stat -f -c '%s %l %c' .").output == "4096 255 3\n")
    }
}
