// SPDX-License-Identifier: Apache-2.0
import Platform
import SecretFS
import Secrets
import TestSupport
import Testing

/// Replacing and withdrawing under readers.
@Suite(.requiresFUSE)
struct SecretRotationTests {
    @Test func `new opens see the new version, a held one keeps its own`() throws {
        let secrets = try MountedSecrets()
        try secrets.publish(["token": "old"])
        let held = try FileDescriptor.open(secrets.path("t/token"))
        let new = try MountedSecrets.version("new and longer", of: "token", number: 2)
        secrets.filesystem.replace(with: [new])
        #expect(try secrets.read("t/token") == "new and longer")
        #expect(try FileStatus(of: held).byteCount == 3)
        #expect(try held.readToEnd() == Array("old".utf8))
        #expect(secrets.accesses.all.map(\.file.version) == [1, 2])
    }

    @Test func `size and time of the new version are seen at once`() throws {
        let secrets = try MountedSecrets()
        try secrets.publish(["token": "v"])
        for number in 2..<50 {
            let before = try FileStatus(of: secrets.path("t/token")).byteCount
            #expect(before == number - 1)
            let text = String(repeating: "v", count: number)
            let version = try MountedSecrets.version(text, of: "token", number: number)
            secrets.filesystem.replace(with: [version])
            #expect(try FileStatus(of: secrets.path("t/token")).byteCount == number)
        }
        #expect(try secrets.run("stat -c %s token").output == "49\n")
    }

    @Test func `every tree gets the new version, other objects do not`() throws {
        let secrets = try MountedSecrets()
        for tree in ["t0/s0/v0", "t0/s1/v0", "t1/s0/v0"] {
            try secrets.publish(["token": "old", "other": "same"], at: tree)
            #expect(try secrets.read("\(tree)/token") == "old")
        }
        secrets.filesystem.replace(with: [try MountedSecrets.version("new", of: "token", number: 2)]
        )
        for tree in ["t0/s0/v0", "t0/s1/v0", "t1/s0/v0"] {
            #expect(try secrets.read("\(tree)/token") == "new")
            #expect(try secrets.read("\(tree)/other") == "same")
        }
    }

    @Test func `a rotated file keeps its mode, its path and its reader`() throws {
        let secrets = try MountedSecrets()
        let old = try MountedSecrets.version("old", of: "login/token")
        let file = SecretFile(path: "a/b", mode: 0o640, content: old)
        try secrets.filesystem.publish([file], for: MountedSecrets.reader, at: "t")
        secrets.filesystem.replace(with: [
            try MountedSecrets.version("new", of: "login/token", number: 2)
        ])
        #expect(try FileStatus(of: secrets.path("t/a/b")).permissions == 0o640)
        #expect(try secrets.read("t/a/b") == "new")
        #expect(secrets.accesses.all.map(\.file.path) == ["a/b"])
        #expect(secrets.accesses.all.map(\.file.reader) == [MountedSecrets.reader])
    }

    @Test func `an object that is not published is replaced nowhere`() throws {
        let secrets = try MountedSecrets()
        try secrets.publish(["token": "v"])
        secrets.filesystem.replace(with: [try MountedSecrets.version("x", of: "unknown")])
        #expect(try secrets.read("t/token") == "v")
        #expect(try Directory.names(in: secrets.path("t")) == ["token"])
    }

    @Test func `readers under rotation see whole versions only`() throws {
        let secrets = try MountedSecrets()
        func text(_ number: Int) -> String {
            String(repeating: "\(number % 10)", count: 1 + number * 97 % 9000)
        }
        try secrets.publish(["token": text(0)])
        let script = """
            for reader in 1 2 3 4; do
                { for turn in $(seq 60); do cat token; echo; done; } > \"$OUT/$reader\" &
            done
            wait
            """
        let output = try TemporaryDirectory()
        let readers = try secrets.start("OUT=\(output.path); \(script)")
        for number in 1...300 {
            let version = try MountedSecrets.version(text(number), of: "token", number: number)
            secrets.filesystem.replace(with: [version])
            SystemThread.sleep(nanoseconds: 500_000)
        }
        #expect(readers.finish().exitCode == 0)
        let whole = Set((0...300).map(text))
        for reader in 1...4 {
            let lines = try output.read("\(reader)").split(separator: "\n").map(String.init)
            #expect(lines.count == 60)
            #expect(lines.allSatisfy { whole.contains($0) }, "a torn value")
        }
    }

    @Test func `a mapping keeps its version while others read the next one`() throws {
        let reader = try CProgram.mappingReader()
        let secrets = try MountedSecrets()
        let old = [UInt8](repeating: UInt8(ascii: "o"), count: 40_000)
        let new = [UInt8](repeating: UInt8(ascii: "n"), count: 50_000)
        let file = SecretFile(
            path: "token",
            mode: 0o644,
            content: try MountedSecrets.version(old, of: "token")
        )
        try secrets.filesystem.publish([file], for: MountedSecrets.reader, at: "t")
        let go = try TemporaryDirectory()
        let mapping = try secrets.start("exec \(reader.path) token \(go.path("go"))")
        #expect(eventually { mapping.error == "mapped\n" })
        secrets.filesystem.replace(with: [try MountedSecrets.version(new, of: "token", number: 2)])
        #expect(
            try secrets.run("\(reader.path) token").output
                == String(decoding: new, as: UTF8.self)
        )
        try go.write("", to: "go")
        #expect(mapping.finish().output == String(decoding: old, as: UTF8.self))
    }

    @Test func `a withdrawn tree is gone at once, an open file of it stays readable`() throws {
        let secrets = try MountedSecrets()
        try secrets.publish(["token": "kept", "db/password": "hunter2"], at: "t0/s0/v0")
        try secrets.publish(["token": "other"], at: "t0/s1/v0")
        let held = try FileDescriptor.open(secrets.path("t0/s0/v0/token"))
        let directory = try FileDescriptor.open(secrets.path("t0/s0/v0/db"), .directory)
        #expect(try secrets.read("t0/s0/v0/db/password") == "hunter2")
        secrets.filesystem.withdraw("t0/s0/v0")
        for path in ["t0/s0/v0/token", "t0/s0/v0/db/password", "t0/s0/v0", "t0/s0"] {
            let error = #expect(throws: SystemError.self) { try FileStatus(of: secrets.path(path)) }
            #expect(error?.code == .notFound, "\(path)")
        }
        let error = #expect(throws: SystemError.self) {
            _ = try directory.open("password")
        }
        #expect(error?.code == .notFound)
        #expect(try held.readToEnd() == Array("kept".utf8))
        #expect(try FileStatus(of: held).byteCount == 4)
        #expect(try secrets.read("t0/s1/v0/token") == "other")
        #expect(try Directory.names(in: secrets.path("t0")) == ["s1"])
    }

    @Test func `a withdrawn file cannot be opened through a descriptor of it`() throws {
        let secrets = try MountedSecrets()
        try secrets.publish(["token": "value"])
        let path = try FileDescriptor.open(secrets.path("t/token"), .path)
        secrets.filesystem.withdraw("t")
        let error = #expect(throws: SystemError.self) {
            _ = try FileDescriptor.open("/proc/self/fd/\(path.number)")
        }
        #expect(error?.code == .notFound)
    }

    @Test func `withdrawing a path takes every tree below it`() throws {
        let secrets = try MountedSecrets()
        for tree in ["t0/s0/v0", "t0/s0/v1", "t0/s1/v0", "t1/s0/v0"] {
            try secrets.publish(["token": "v"], at: tree)
        }
        secrets.filesystem.withdraw("t0")
        secrets.filesystem.withdraw("t0")
        secrets.filesystem.withdraw("never/was")
        #expect(try Directory.names(in: secrets.path()) == ["t1"])
        #expect(try secrets.read("t1/s0/v0/token") == "v")
    }

    @Test func `a path can be published again after it was withdrawn`() throws {
        let secrets = try MountedSecrets()
        for turn in 0..<20 {
            try secrets.publish(["token": "turn \(turn)"], at: "t0/s0/v0")
            #expect(try secrets.read("t0/s0/v0/token") == "turn \(turn)")
            secrets.filesystem.withdraw("t0/s0/v0")
        }
    }

    @Test func `what was withdrawn or replaced is forgotten, inodes and values`() throws {
        let secrets = try MountedSecrets()
        weak let first = try publishTracked(secrets)
        for number in 2..<200 {
            _ = try secrets.run("cat token > /dev/null", limit: .seconds(20))
            let version = try MountedSecrets.version("v\(number)", of: "token", number: number)
            secrets.filesystem.replace(with: [version])
        }
        // The root, the tree, the current version, and perhaps one that the kernel is about to forget.
        #expect(eventually { secrets.inodeCount <= 4 })
        #expect(first == nil)
        secrets.filesystem.withdraw("t")
        #expect(eventually { secrets.inodeCount == 1 })
    }

    private func publishTracked(_ secrets: MountedSecrets) throws -> AnyObject? {
        let version = try MountedSecrets.version("v1", of: "token")
        let file = SecretFile(path: "token", mode: 0o644, content: version, isAudited: false)
        try secrets.filesystem.publish([file], for: MountedSecrets.reader, at: "t")
        return version
    }
}
