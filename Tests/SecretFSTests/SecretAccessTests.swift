// SPDX-License-Identifier: Apache-2.0
import Platform
import SecretFS
import Secrets
import TestSupport
import Testing

/// What is put on record, and that nothing is read without it.
@Suite(.requiresFUSE)
struct SecretAccessTests {
    private func secrets(threads: Int = 2) throws -> MountedSecrets {
        let secrets = try MountedSecrets(threads: threads)
        try secrets.publish(["token": "s3cret", "db/password": "hunter2"])
        return secrets
    }

    @Test func `an open is one access, with who and what`() throws {
        let secrets = try secrets()
        let outcome = try secrets.run("sh -c 'echo $$; exec cat db/password db/password'")
        let accesses = secrets.accesses.all
        try #require(accesses.count == 2, "\(accesses)")
        let access = accesses[0]
        #expect(access.kind == .open)
        #expect(access.file.reader == MountedSecrets.reader)
        #expect(access.file.path == "db/password")
        #expect(access.file.object == "db/password")
        #expect(access.file.version == 1)
        #expect("\(access.pid)\nhunter2hunter2" == outcome.output)
        #expect(access.uid == 0)
        #expect(access.executable.hasSuffix("/cat"))
    }

    @Test func `a shell's redirection is an open by the shell and a read by the program`() throws {
        let secrets = try secrets()
        let outcome = try secrets.run("cat < token; exit")
        let accesses = secrets.accesses.all
        #expect(outcome.output == "s3cret")
        #expect(accesses.map(\.kind) == [.open, .read])
        #expect(accesses.map(\.file.path) == ["token", "token"])
        #expect(accesses.last?.executable.hasSuffix("/cat") == true)
        #expect(accesses.first?.executable.hasSuffix("/cat") == false)
        #expect(accesses.first?.pid != accesses.last?.pid)
    }

    @Test func `each process that reads an open file is recorded once`() throws {
        let secrets = try secrets()
        let script = """
            exec 3< token
            sh -c 'dd bs=1 count=1 status=none; dd bs=1 count=1 status=none' <&3
            head -c 1 <&3; cat <&3; exit
            """
        #expect(try secrets.run(script).output == "s3cret")
        #expect(secrets.accesses.all.map(\.kind) == [.open, .read, .read, .read, .read])
        let names = secrets.accesses.all.dropFirst().map(\.executable).compactMap {
            $0.split(separator: "/").last
        }
        #expect(names == ["dd", "dd", "head", "cat"])
    }

    @Test func `many reads by one process are one access`() throws {
        let secrets = try secrets()
        #expect(try secrets.run("dd if=token bs=1 status=none").output == "s3cret")
        #expect(try secrets.run("dd bs=1 status=none < token; exit").output == "s3cret")
        #expect(secrets.accesses.all.map(\.kind) == [.open, .open, .read])
    }

    @Test func `a thread is recorded under its process`() async throws {
        let secrets = try secrets()
        let path = secrets.path("t/token")
        let file = try await SystemThread.run("opener") {
            SharedDescriptor(try FileDescriptor.open(path))
        }
        let text = try await SystemThread.run("reader") {
            String(decoding: try file.descriptor.readToEnd(), as: UTF8.self)
        }
        #expect(text == "s3cret")
        #expect(secrets.accesses.all.map(\.kind) == [.open])
        #expect(secrets.accesses.all.map(\.pid) == [secrets.process])
    }

    @Test func `looking without reading leaves no record`() throws {
        let secrets = try secrets()
        let script = "ls -laR; stat token db; cat missing db; test -r token; find . -name token"
        _ = try secrets.run(script)
        #expect(secrets.accesses.all.isEmpty)
    }

    @Test func `what is no secret is not recorded`() throws {
        let secrets = try MountedSecrets()
        let content = try MountedSecrets.version("plain", of: "settings")
        let file = SecretFile(path: "settings", mode: 0o644, content: content, isAudited: false)
        try secrets.filesystem.publish([file], for: MountedSecrets.reader, at: "t")
        #expect(try secrets.run("cat settings; cat < settings; exit").output == "plainplain")
        #expect(secrets.accesses.all.isEmpty)
    }

    @Test func `an access is attributed by the tree it came through`() throws {
        let secrets = try MountedSecrets()
        let content = try MountedSecrets.version("shared", of: "token")
        let steps = ["login", "push", "notify"]
        for (index, step) in steps.enumerated() {
            let reader = SecretReader(
                taskRun: "r\(index)",
                step: step,
                volume: "v",
                mountPath: "/s"
            )
            let file = SecretFile(path: "token", mode: 0o644, content: content)
            try secrets.filesystem.publish([file], for: reader, at: "t0/s\(index)/v0")
        }
        _ = try secrets.run("cat s2/v0/token s0/v0/token s1/v0/token", in: "t0")
        #expect(secrets.accesses.all.map(\.file.reader.step) == ["notify", "login", "push"])
        #expect(secrets.accesses.all.map(\.file.reader.taskRun) == ["r2", "r0", "r1"])
    }

    @Test func `an open that cannot be recorded fails and shows nothing`() throws {
        let secrets = try secrets()
        secrets.accesses.fail(at: 1)
        let outcome = try secrets.run("cat token")
        #expect(outcome.output == "")
        #expect(outcome.error.contains("Input/output error"))
        #expect(secrets.openFileCount == 0)
        #expect(try secrets.run("cat token").output == "s3cret")
    }

    @Test func `a read that cannot be recorded shows nothing, and is tried again`() throws {
        let secrets = try secrets()
        secrets.accesses.fail(at: 2)
        let outcome = try secrets.run("exec 3< token; cat <&3; echo; cat <&3; exit")
        #expect(outcome.output == "\ns3cret")
        #expect(outcome.error.contains("Input/output error"))
        #expect(secrets.accesses.all.map(\.kind) == [.open, .read])
    }

    @Test func `whichever record fails, exactly that access fails`() throws {
        let script = "cat token; echo; cat < db/password; echo; dd if=token status=none; exit"
        let whole = ["s3cret", "hunter2", "s3cret"]
        // What each record allows: open, open and read, open.
        let lines = [0, 1, 1, 2]
        for failing in 1...5 {
            let secrets = try secrets()
            secrets.accesses.fail(at: failing)
            let outcome = try secrets.run(script)
            var expected = whole
            if failing <= lines.count { expected[lines[failing - 1]] = "" }
            let seen = outcome.output.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(seen.map(String.init) == expected, "record \(failing): \(outcome)")
            #expect(eventually { secrets.openFileCount == 0 })
        }
    }

    @Test func `a record held up holds up its own reader only`() throws {
        let secrets = try secrets()
        secrets.accesses.hold("token")
        let slow = try secrets.start("cat token")
        #expect(eventually { secrets.accesses.waitingCount == 1 })
        #expect(try secrets.run("cat db/password; ls").output == "hunter2db\ntoken\n")
        #expect(slow.output == "")
        secrets.accesses.release()
        #expect(slow.finish().output == "s3cret")
    }

    @Test func `an executable that cannot be told is named by its command`() {
        #expect(RunningProcess.executable(of: 2) == "kthreadd (unreadable)")
        #expect(RunningProcess.executable(of: Int32.max) == "(unreadable)")
    }
}
