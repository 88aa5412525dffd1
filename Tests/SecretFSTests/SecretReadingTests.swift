// SPDX-License-Identifier: Apache-2.0
import Platform
import SecretFS
import TestSupport
import Testing

/// How programs read.
@Suite(.requiresFUSE)
struct SecretReadingTests {
    private static let large = (0..<(1 << 20)).map {
        UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8)
    }

    private func publishLarge(_ secrets: MountedSecrets, mode: UInt16 = 0o644) throws {
        let content = try MountedSecrets.version(Self.large, of: "large")
        let file = SecretFile(path: "large", mode: mode, content: content)
        try secrets.filesystem.publish([file], for: MountedSecrets.reader, at: "t")
    }

    @Test(arguments: [
        "cat token", "cat < token", "dd if=token bs=1 status=none", "head -c 100 token",
        "tail -c +1 token", "sh -c 'IFS= read -r line < token; printf %s \"$line\"'",
        "cat < /dev/stdin < token", "cp token /dev/stdout", "awk '{printf \"%s\", $0}' token",
    ])
    func `programs of every habit read the value`(script: String) throws {
        let secrets = try MountedSecrets()
        try secrets.publish(["token": "s3cret-value"])
        let outcome = try secrets.run(script)
        #expect(outcome.output == "s3cret-value", "\(outcome)")
    }

    @Test func `seeking reads from there, and past the end nothing`() throws {
        let secrets = try MountedSecrets()
        try secrets.publish(["token": "0123456789"])
        #expect(try secrets.run("dd if=token bs=1 skip=3 count=4 status=none").output == "3456")
        #expect(try secrets.run("dd if=token bs=1 skip=10 status=none").output == "")
        #expect(try secrets.run("tail -c 2 token").output == "89")
        let beyond = try secrets.run("dd if=token bs=1 skip=1000 status=none")
        #expect(beyond.output == "")
    }

    @Test func `a mebibyte arrives byte for byte, in any portions`() throws {
        let secrets = try MountedSecrets()
        try publishLarge(secrets)
        let file = try FileDescriptor.open(secrets.path("t/large"))
        #expect(try file.readToEnd() == Self.large)
        for size in ["511", "4096", "65537", "4M"] {
            let sum = try secrets.run("dd if=large bs=\(size) status=none | cksum; cksum < large")
            let lines = sum.output.split(separator: "\n")
            #expect(lines.count == 2 && lines[0] == lines[1], "bs=\(size): \(sum)")
        }
    }

    @Test func `a private mapping shows the value`() throws {
        let secrets = try MountedSecrets()
        try publishLarge(secrets)
        let reader = try CProgram.mappingReader()
        let outcome = try secrets.run("\(reader.path) large | cmp - large && echo same")
        #expect(outcome.output == "same\n", "\(outcome)")
    }

    @Test func `the page cache keeps a value no longer than a mapping does`() throws {
        let secrets = try MountedSecrets()
        try secrets.publish(["token": "s3cret"])
        let watcher = try CProgram.cacheWatcher()
        let outcome = try secrets.run("\(watcher.path) token")
        #expect(outcome.output == "cached\ndropped\n", "\(outcome)")
    }

    @Test func `a script among the secrets can be executed when its mode says so`() throws {
        let secrets = try MountedSecrets()
        let text = "#!/bin/sh\necho \"ran with $1\"\n"
        let content = try MountedSecrets.version(text, of: "script")
        let files = [
            SecretFile(path: "script", mode: 0o755, content: content),
            SecretFile(path: "plain", mode: 0o644, content: content),
        ]
        try secrets.filesystem.publish(files, for: MountedSecrets.reader, at: "t")
        #expect(try secrets.run("./script me").output == "ran with me\n")
        let refused = try secrets.run("./plain me")
        #expect(refused.exitCode == 126)
        #expect(refused.error.contains("Permission denied"))
    }

    @Test func `a program among the secrets can be executed`() throws {
        let secrets = try MountedSecrets()
        let program = try FileDescriptor.open("/bin/echo").readToEnd()
        let content = try MountedSecrets.version(program, of: "echo")
        let file = SecretFile(path: "echo", mode: 0o555, content: content)
        try secrets.filesystem.publish([file], for: MountedSecrets.reader, at: "t")
        #expect(try secrets.run("./echo ran").output == "ran\n")
    }

    @Test func `eight readers at once all get the whole value`() throws {
        let secrets = try MountedSecrets()
        try publishLarge(secrets)
        let sum = try secrets.run("cksum < large").output
        let outcome = try secrets.run(
            """
            for reader in 1 2 3 4 5 6 7 8; do
                { for turn in 1 2 3 4 5; do cksum < large; done; } &
            done
            wait
            """
        )
        #expect(outcome.output == String(repeating: sum, count: 40), "\(outcome)")
        #expect(outcome.exitCode == 0)
    }

    @Test func `a reader that is killed leaves nothing open`() throws {
        let secrets = try MountedSecrets()
        try publishLarge(secrets)
        let reader = try secrets.start("exec dd if=large bs=1 of=/dev/null")
        #expect(eventually { secrets.openFileCount == 1 })
        reader.send(.kill)
        #expect(reader.finish().exitCode == 137)
        #expect(eventually { secrets.openFileCount == 0 })
        #expect(try secrets.run("cksum < large | cut -d' ' -f2").output == "1048576\n")
    }

    @Test func `a step's tree has no way up to another's`() throws {
        let secrets = try MountedSecrets()
        try secrets.publish(["token": "mine"], at: "t0/s0/v0")
        try secrets.publish(["token": "theirs"], at: "t0/s1/v0")
        let target = try TemporaryDirectory()
        let outcome = try Command([
            "unshare", "--mount", "sh", "-c",
            """
            mount --bind \(secrets.path("t0/s0/v0")) \(target.path) && cd \(target.path) || exit 1
            cat token; ls -a; cat ../../s1/v0/token ../s1/v0/token || echo none
            """,
        ]).run()
        #expect(outcome.output == "mine.\n..\ntoken\nnone\n", "\(outcome)")
    }
}
