// SPDX-License-Identifier: Apache-2.0
import FUSE
import Platform
import Synchronization
import Testing

/// A session on a real mount: requests, answers, threads, and its end.
@Suite(.requiresFUSE, .timeLimit(.minutes(1)))
struct FUSESessionTests {
    private final class Unimplemented: FUSEFilesystem {}

    @Test func `requests are handed over and answers come back`() throws {
        let filesystem = StubFilesystem()
        let mount = try StubMount(filesystem)
        #expect(try mount.read() == "content")
        #expect(filesystem.opens.load(ordering: .relaxed) == 1)
        #expect(eventually { filesystem.releases.load(ordering: .relaxed) == 1 })
        #expect(filesystem.callers.withLock { $0 }.map(\.uid) == [0])
        #expect(filesystem.callers.withLock { $0 }.allSatisfy { $0.thread > 0 })
    }

    @Test func `a refusal is the reader's error number`() throws {
        let codes: [Errno] = [.accessDenied, .readOnlyFilesystem, .notPermitted, .tooManyLinks]
        let filesystem = StubFilesystem()
        let mount = try StubMount(filesystem)
        for code in codes {
            filesystem.set(.refuse(code))
            #expect(mount.refusal() == code)
        }
    }

    @Test func `a reply that is dropped answers EIO`() throws {
        let mount = try StubMount(StubFilesystem(.drop))
        #expect(mount.refusal() == .ioError)
    }

    @Test func `what is not implemented answers ENOSYS`() throws {
        let mount = try StubMount(Unimplemented())
        #expect(mount.refusal() == .notImplemented)
        let error = #expect(throws: SystemError.self) { try FileStatus(of: mount.path("file")) }
        #expect(error?.code == .notImplemented)
    }

    @Test func `a modification is not implemented unless a filesystem says otherwise`() throws {
        let mount = try StubMount(StubFilesystem(), isReadOnly: false)
        let error = #expect(throws: SystemError.self) {
            try Directory.create(mount.path("directory"), permissions: 0o700)
        }
        #expect(error?.code == .notImplemented)
    }

    @Test func `a thread stands in while the first one is held up`() throws {
        let filesystem = StubFilesystem(.hold)
        let mount = try StubMount(filesystem, threads: 3)
        let opened = Atomic<Int>(0)
        for index in 0..<2 {
            SystemThread.start("open-\(index)") {
                if mount.refusal() == nil { opened.add(1, ordering: .relaxed) }
            }
        }
        #expect(eventually { filesystem.opens.load(ordering: .relaxed) == 2 })
        #expect(try FileStatus(of: mount.path("file")).byteCount == 7)
        #expect(opened.load(ordering: .relaxed) == 0)
        filesystem.letGo()
        #expect(eventually { opened.load(ordering: .relaxed) == 2 })
        #expect(try mount.read() == "content")
    }

    @Test func `standing in works again and again, also after a rest`() throws {
        let filesystem = StubFilesystem()
        let mount = try StubMount(filesystem)
        for pause in [0, 5_000_000, 40_000_000, 0, 40_000_000] {
            SystemThread.sleep(nanoseconds: pause)
            let before = filesystem.opens.load(ordering: .relaxed)
            filesystem.set(.hold)
            SystemThread.start("open") { _ = mount.refusal() }
            #expect(eventually { filesystem.opens.load(ordering: .relaxed) == before + 1 })
            #expect(throws: SystemError.self) { try FileStatus(of: mount.path("missing")) }
            filesystem.letGo()
            #expect(try mount.read() == "content")
        }
    }

    @Test func `an invalidated name is looked up again`() throws {
        let filesystem = StubFilesystem()
        let mount = try StubMount(filesystem)
        for _ in 0..<3 { _ = try FileStatus(of: mount.path("file")) }
        #expect(filesystem.lookups.load(ordering: .relaxed) == 1)
        let name = Array("file".utf8)
        mount.session.invalidate(name.span, in: 1)
        _ = try FileStatus(of: mount.path("file"))
        #expect(filesystem.lookups.load(ordering: .relaxed) == 2)
        #expect(eventually { filesystem.forgets.load(ordering: .relaxed) >= 1 })
        mount.session.stop()
        mount.session.invalidate(name.span, in: 1)
        mount.session.invalidateAttributes(of: 1)
    }

    @Test func `a descriptor that is not open is refused`() throws {
        let error = #expect(throws: FUSEError.self) {
            _ = try FUSESession(StubFilesystem(), on: FileDescriptor(owning: 1_000_000))
        }
        #expect(error?.operation == "fuse_session_mount")
        #expect(error?.subject == "/dev/fd/1000000")
        let text = error.map { "\($0)" } ?? ""
        #expect(
            text == "fuse_session_mount `/dev/fd/1000000`: Invalid file descriptor /dev/fd/1000000"
        )
    }

    @Test func `a descriptor that is no connection ends the session`() throws {
        let session = try FUSESession(StubFilesystem(), on: try FileDescriptor.open("/dev/null"))
        session.start(threads: 2)
        session.stop()
    }

    @Test func `a session that is never started closes its descriptor`() throws {
        let pipe = try Pipe()
        do {
            _ = try FUSESession(StubFilesystem(), on: try pipe.writer.descriptor.duplicate())
        }
        let number = try pipe.writer.descriptor.duplicate().number
        let again = try pipe.writer.descriptor.duplicate().number
        #expect(number == again)
    }

    @Test func `unmounting ends the threads, and stopping afterwards is fine`() throws {
        let device = try FUSEMount.openDevice()
        let filesystem = StubFilesystem()
        var mount: FUSEMount? = try FUSEMount(on: device)
        let session = try FUSESession(filesystem, on: device)
        session.start(threads: 3)
        let root = mount?.root.number ?? -1
        #expect(try FileStatus(of: "/proc/self/fd/\(root)/file").byteCount == 7)
        _ = mount.take()
        SystemThread.sleep(nanoseconds: 20_000_000)
        session.stop()
        session.stop()
    }

    @Test func `stopping from many threads at once returns to all`() throws {
        let mount = try StubMount(StubFilesystem(), threads: 4)
        #expect(try mount.read() == "content")
        let stopped = Atomic<Int>(0)
        for index in 0..<8 {
            SystemThread.start("stop-\(index)") {
                mount.session.stop()
                stopped.add(1, ordering: .relaxed)
            }
        }
        #expect(eventually { stopped.load(ordering: .relaxed) == 8 })
    }
}
