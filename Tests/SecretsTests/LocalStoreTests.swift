// SPDX-License-Identifier: Apache-2.0
import Cryptography
import Platform
import Secrets
import TestSupport
import Testing

struct LocalStoreTests {
    private static let cheap = Scrypt.Cost(logarithmOfN: 4, r: 1, p: 1)

    private func phrase(_ text: String) throws -> LocalStore.Key {
        let bytes = try LockedBytes(copying: Array(text.utf8).span)
        return .passphrase(SharedLockedBytes(bytes), cost: Self.cheap)
    }

    private func bytes(of path: String) throws -> [UInt8] {
        try FileDescriptor.open(path).readToEnd()
    }

    private func overwrite(_ path: String, _ bytes: [UInt8]) throws {
        try FileDescriptor.open(path, [.writeOnly, .truncate]).write(bytes)
    }

    @Test func `what was set is there when the store is opened again`() throws {
        let test = try TestStore()
        try test.set("a/b", ["user": "me", "password": "s3cret\n"])
        try test.set("a/b", ["password": "changed", "empty": ""])
        try test.set("ä", ["value": "ü"])
        let records = try test.reopened().load()
        #expect(records.names == ["a/b", "ä"])
        #expect(TestStore.text("user", of: "a/b", in: records) == "me")
        #expect(TestStore.text("password", of: "a/b", in: records) == "changed")
        #expect(TestStore.text("empty", of: "a/b", in: records) == "")
        #expect(TestStore.text("value", of: "ä", in: records) == "ü")
        #expect(records["a/b"]?.version == 2)
        #expect(records["a/b"]?.changed == Timestamp(nanoseconds: 1_000_000_000))
    }

    @Test func `the files are for their owner only and hold no plaintext`() throws {
        let test = try TestStore()
        try test.set("cicd/data/x", ["token": "ghp_plaintext"])
        for path in [test.paths.store, test.paths.key] {
            #expect(try FileStatus(of: path).permissions == 0o600)
        }
        #expect(try FileStatus(of: test.directory.path("store")).permissions == 0o700)
        let file = String(decoding: try bytes(of: test.paths.store), as: UTF8.self)
        #expect(!file.contains("ghp_plaintext"))
        #expect(!file.contains("cicd"))
        #expect(
            try Directory.names(in: test.directory.path("store")).sorted() == [
                "key", "secrets.tacit", "secrets.tacit.lock",
            ]
        )
    }

    @Test func `a passphrase opens it, another one does not`() throws {
        let test = try TestStore(key: phrase("correct horse"))
        try test.set("a", ["value": "1"])
        let again = test.reopened(key: try phrase("correct horse"))
        #expect(TestStore.text("value", of: "a", in: try again.load()) == "1")
        #expect(throws: LocalStoreError.wrongKey(path: test.paths.store)) {
            try test.reopened(key: try phrase("wrong horse")).load()
        }
        #expect(
            throws: LocalStoreError.otherKeyKind(path: test.paths.store, needsPassphrase: true)
        ) {
            try test.reopened().load()
        }
        #expect(!FileStatus.exists(test.paths.key))
    }

    @Test func `a key file is refused when it is wrong, missing, short or readable by others`()
        throws
    {
        let test = try TestStore()
        try test.set("a", ["value": "1"])
        let key = try bytes(of: test.paths.key)
        try overwrite(test.paths.key, key.map { $0 ^ 1 })
        #expect(throws: LocalStoreError.wrongKey(path: test.paths.store)) {
            try test.store.load()
        }
        try overwrite(test.paths.key, Array(key.dropLast()))
        #expect(throws: LocalStoreError.keyMalformed(path: test.paths.key, byteCount: 31)) {
            try test.store.load()
        }
        try overwrite(test.paths.key, key)
        for mode: UInt32 in [0o640, 0o604, 0o620] {
            try setPermissions(test.paths.key, mode)
            #expect(
                throws: LocalStoreError.keyExposed(
                    path: test.paths.key,
                    permissions: mode,
                    isOwnedByUs: true
                )
            ) {
                try test.store.load()
            }
        }
        try Directory.unlink(test.paths.key)
        #expect(throws: LocalStoreError.keyMissing(path: test.paths.key)) {
            try test.store.load()
        }
        // A new key must not take the place of the one that the store was sealed with.
        #expect(throws: LocalStoreError.keyMissing(path: test.paths.key)) {
            try test.set("b", ["value": "2"])
        }
        #expect(!FileStatus.exists(test.paths.key))
    }

    private func setPermissions(_ path: String, _ mode: UInt32) throws {
        let outcome = try Command(["chmod", String(mode, radix: 8), path]).run()
        try #require(outcome.exitCode == 0)
    }

    @Test func `a key file that is there already is used for a new store`() throws {
        let test = try TestStore()
        try test.set("a", ["value": "1"])
        let key = try bytes(of: test.paths.key)
        try Directory.unlink(test.paths.store)
        try test.set("b", ["value": "2"])
        #expect(try bytes(of: test.paths.key) == key)
        #expect(try test.store.load().names == ["b"])
    }

    @Test func `every altered byte is noticed`() throws {
        let test = try TestStore()
        try test.set("a", ["value": "secret"])
        let file = try bytes(of: test.paths.store)
        for index in file.indices {
            var altered = file
            altered[index] ^= 0x10
            try overwrite(test.paths.store, altered)
            let error = #expect(throws: LocalStoreError.self, "byte \(index)") {
                try test.store.load()
            }
            switch error {
            case .notAStore: #expect(index < 8)
            case .truncated: #expect((10..<12).contains(index))
            case .corrupt: #expect(index >= 8)
            default: Issue.record("byte \(index): \(String(describing: error))")
            }
        }
    }

    @Test func `every missing end is noticed, and every addition`() throws {
        let test = try TestStore()
        try test.set("a", ["value": "secret"])
        let file = try bytes(of: test.paths.store)
        for count in 0..<file.count {
            try overwrite(test.paths.store, Array(file[..<count]))
            let error = #expect(throws: LocalStoreError.self) { try test.store.load() }
            guard case .truncated(_, count, let expected) = error else {
                Issue.record("\(count) bytes: \(String(describing: error))")
                continue
            }
            #expect(expected > count)
        }
        try overwrite(test.paths.store, file + [0])
        #expect(
            throws: LocalStoreError.corrupt(path: test.paths.store, what: "1 bytes follow its end")
        ) {
            try test.store.load()
        }
        try overwrite(test.paths.store, Array("something else entirely".utf8))
        #expect(throws: LocalStoreError.notAStore(path: test.paths.store)) {
            try test.store.load()
        }
        // A damaged store is never overwritten by a change.
        #expect(throws: LocalStoreError.notAStore(path: test.paths.store)) {
            try test.set("b", ["value": "x"])
        }
    }

    @Test func `a newer version is told from a damaged file`() throws {
        let test = try TestStore()
        try test.set("a", ["value": "secret"])
        var file = try bytes(of: test.paths.store)
        file[9] = 2
        let digest = try SHA256.digest(of: Array(file[..<70]).span)
        file.replaceSubrange(70..<102, with: digest)
        try overwrite(test.paths.store, file)
        #expect(throws: LocalStoreError.newerVersion(path: test.paths.store, version: 2)) {
            try test.store.load()
        }
    }

    @Test func `a header that asks for too much memory is refused before it is tried`() throws {
        let test = try TestStore(key: phrase("p"))
        try test.set("a", ["value": "secret"])
        var file = try bytes(of: test.paths.store)
        file[13] = 40
        file.replaceSubrange(70..<102, with: try SHA256.digest(of: Array(file[..<70]).span))
        try overwrite(test.paths.store, file)
        #expect(
            throws: LocalStoreError.corrupt(
                path: test.paths.store,
                what: "its passphrase would take too much memory to try"
            )
        ) {
            try test.reopened(key: phrase("p")).load()
        }
    }

    @Test func `a second writer is refused and told who the first one is`() throws {
        let test = try TestStore()
        try test.set("a", ["value": "1"])
        let other = test.reopened()
        var refusal: LocalStoreError?
        try test.store.edit { records, time throws(LocalStoreError) in
            do throws(LocalStoreError) {
                try other.delete([LocalStore.Address("a")])
            } catch {
                refusal = error
            }
            // A reader is not held up, and sees what was there before.
            #expect(try other.load().names == ["a"])
        }
        let status = String(decoding: try bytes(of: "/proc/self/stat"), as: UTF8.self)
        let process = status.prefix { $0 != " " }
        #expect(refusal == .busy(path: test.paths.store, holder: "process \(process)"))
        try other.delete([LocalStore.Address("a")])
        #expect(try test.store.load().names == [])
    }

    @Test func `a change that fails changes nothing`() throws {
        let test = try TestStore()
        try test.set("a", ["k": "1", "l": "2"])
        #expect(
            throws: LocalStoreError.noSuchName("b", hint: "`tacit secret list` shows what there is")
        ) {
            try test.store.delete([LocalStore.Address("a#k"), LocalStore.Address("b")])
        }
        #expect(throws: LocalStoreError.noSuchKey(name: "a", key: "m", hint: "it has `k`, `l`")) {
            try test.store.delete([LocalStore.Address("a#m")])
        }
        #expect(try test.store.load()["a"]?.version == 1)
        try test.store.delete([LocalStore.Address("a#k")])
        #expect(try test.store.list()[0].keys.map(\.name) == ["l"])
        try test.store.delete([LocalStore.Address("a#l")])
        #expect(try test.store.list() == [])
    }

    @Test(arguments: [
        ("", "k", "the name is empty"), ("a", "", "the key is empty"),
        ("a#b", "k", "name `a#b` holds `#`, which stands between a name and its key"),
        ("a\n", "k", "the name holds a control character"),
        (String(repeating: "x", count: 1025), "k", "the name is longer than 1024 bytes"),
    ])
    func `some names are refused`(name: String, key: String, why: String) throws {
        let test = try TestStore()
        #expect(throws: LocalStoreError.refused(why)) { try test.set(name, [key: "v"]) }
        #expect(!FileStatus.exists(test.paths.store))
    }

    @Test func `more than it takes is refused and what is there stays`() throws {
        let test = try TestStore()
        try test.set("a", ["value": "1"])
        let error = #expect(throws: LocalStoreError.self) {
            try test.set("b", ["value": String(repeating: "x", count: 1 << 20)])
        }
        #expect("\(try #require(error))".contains("takes at most 1048576"))
        #expect(try test.store.load().names == ["a"])
    }

    @Test func `without a store there is nothing to list, load or delete`() throws {
        let test = try TestStore()
        #expect(try test.store.list() == [])
        #expect(throws: LocalStoreError.missing(path: test.paths.store)) { try test.store.load() }
        #expect(throws: LocalStoreError.missing(path: test.paths.store)) {
            try test.store.delete([LocalStore.Address("a")])
        }
        #expect(!FileStatus.exists(test.directory.path("store")))
    }

    @Test func `a list shows sizes and no values`() throws {
        let test = try TestStore()
        try test.set("b", ["two": "22", "one": "1"])
        try test.set("a", ["value": "secret"])
        let list = try test.store.list()
        #expect(list.map(\.name) == ["a", "b"])
        #expect(list[1].keys.map(\.name) == ["one", "two"])
        #expect(list[1].keys.map(\.byteCount) == [1, 2])
    }
}
