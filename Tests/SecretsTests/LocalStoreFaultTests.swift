// SPDX-License-Identifier: Apache-2.0
import Cryptography
import Platform
import Secrets
import Synchronization
import TestSupport
import Testing

/// Each call that changes a file fails once, in turn.
struct LocalStoreFaultTests {
    /// Lets `count` calls pass and fails the next one; `kind` counts one kind of call only.
    final class Fault: Sendable {
        private let left: Mutex<Int>

        init(after count: Int) {
            left = Mutex(count)
        }

        func pass(_ operation: String) throws(SystemError) {
            let isDue = left.withLock { left in
                left -= 1
                return left == -1
            }
            if isDue { throw SystemError(operation, on: "test", .noSpace) }
        }

        var wasReached: Bool { left.withLock { $0 < 0 } }
    }

    /// The kernel's calls, of which one fails.
    ///
    /// Removing is only ever a tidying up, so it never does.
    private func operations(_ fault: Fault) -> FileOperations {
        let system = FileOperations.system
        var files = system
        files.create = { path throws(SystemError) in
            try fault.pass("create")
            return try system.create(path)
        }
        files.write = { file, bytes throws(SystemError) in
            // A full disk takes a part and then no more.
            do throws(SystemError) {
                try fault.pass("write")
            } catch {
                try? file.write(bytes.extracting(first: bytes.count / 2))
                throw error
            }
            try system.write(file, bytes)
        }
        files.synchronize = { file throws(SystemError) in
            try fault.pass("fsync")
            try system.synchronize(file)
        }
        files.rename = { from, to throws(SystemError) in
            try fault.pass("rename")
            try system.rename(from, to)
        }
        files.synchronizeDirectory = { path throws(SystemError) in
            try fault.pass("fsync of the directory")
            try system.synchronizeDirectory(path)
        }
        return files
    }

    @Test func `a change is there whole or not at all, whichever call fails`() throws {
        var failures = 0
        for count in 0..<20 {
            let test = try TestStore()
            try test.set("a", ["value": "old"])
            let fault = Fault(after: count)
            let store = test.reopened(files: operations(fault))
            do {
                try TestStore.set("a", ["value": "new"], in: store)
                #expect(!fault.wasReached)
                break
            } catch {
                failures += 1
                let text = TestStore.text("value", of: "a", in: try test.store.load())
                // Only the last call comes after the new content has its name.
                #expect(text == (count == 4 ? "new" : "old"), "call \(count)")
            }
            #expect(
                try Directory.names(in: test.directory.path("store")) == [
                    "key", "secrets.tacit", "secrets.tacit.lock",
                ]
            )
            try TestStore.set("b", ["value": "later"], in: test.reopened())
            #expect(try test.store.load().names == ["a", "b"])
        }
        #expect(failures == 5)
    }

    @Test func `a first change leaves a store or none, never a store without its key`() throws {
        var failures = 0
        for count in 0..<20 {
            let fault = Fault(after: count)
            let test = try TestStore(files: operations(fault))
            do {
                try test.set("a", ["value": "1"])
                #expect(!fault.wasReached)
                break
            } catch {
                failures += 1
                #expect(!FileStatus.exists(test.paths.store) || FileStatus.exists(test.paths.key))
            }
            let again = test.reopened()
            try TestStore.set("b", ["value": "2"], in: again)
            #expect(try again.load().names.contains("b"))
        }
        #expect(failures == 10)
    }

    @Test func `what a killed writer left is cleared away`() throws {
        let test = try TestStore()
        try test.set("a", ["value": "1"])
        try test.directory.write("half of a store", to: "store/secrets.tacit.new")
        try test.set("b", ["value": "2"])
        #expect(try test.store.load().names == ["a", "b"])
        #expect(!FileStatus.exists(test.paths.store + ".new"))
    }

    @Test func `an audit key is made whole or not at all`() throws {
        for count in 0..<20 {
            let test = try TestStore()
            let fault = Fault(after: count)
            do {
                _ = try AuditKey.open(
                    stateDirectory: test.directory.path,
                    files: operations(fault)
                )
                #expect(count == 5)
                return
            } catch {
                let key = try AuditKey.open(stateDirectory: test.directory.path)
                let again = try AuditKey.open(stateDirectory: test.directory.path)
                let value = try LockedBytes(copying: [1].span)
                #expect(try key.fingerprint(of: value) == again.fingerprint(of: value))
            }
        }
        Issue.record("the key was never made")
    }
}

extension FileStatus {
    /// Whether something has that name.
    static func exists(_ path: String) -> Bool { (try? FileStatus(of: path)) != nil }
}
