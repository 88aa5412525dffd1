// SPDX-License-Identifier: Apache-2.0
import Cryptography
import Platform
import Secrets
import TestSupport
import Testing

/// An embedded store in a directory of its own.
struct TestStore {
    /// A file that was fetched, its content as text.
    struct File: Equatable {
        var path: String
        var mode: UInt16
        var name: String
        var content: String
        var storeVersion: String
        var fingerprint: String
    }

    let directory: TemporaryDirectory
    let paths: LocalStorePaths
    let store: LocalStore

    init(
        auditKey: AuditKey? = nil,
        key: LocalStore.Key = .file,
        files: FileOperations = .system
    ) throws {
        directory = try TemporaryDirectory()
        paths = LocalStorePaths(stateDirectory: directory.path)
        store = LocalStore(
            paths: paths,
            key: key,
            auditKey: auditKey,
            clock: WallClock { 1_000_000_000 },
            files: files
        )
    }

    /// The same store, opened otherwise.
    func reopened(
        key: LocalStore.Key = .file,
        files: FileOperations = .system
    ) -> LocalStore {
        LocalStore(paths: paths, key: key, clock: WallClock { 2_000_000_000 }, files: files)
    }

    func set(_ name: String, _ values: [String: String]) throws {
        try TestStore.set(name, values, in: store)
    }

    static func set(_ name: String, _ values: [String: String], in store: LocalStore) throws {
        let locked = try values.mapValues { text in
            StoreValue(try LockedBytes(copying: Array(text.utf8).span))
        }
        try store.edit { records, time throws(LocalStoreError) in
            try records.set(locked, of: name, at: time)
        }
    }

    /// The value of a key, as text; `nil` when there is none.
    static func text(_ key: String, of name: String, in records: StoreRecords) -> String? {
        records[name]?.values[key]?.withBytes { bytes in
            String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
        }
    }

    func fetch(_ text: String) async throws -> [File] {
        let (parsed, diagnostics) = parseClass(text)
        #expect(said(diagnostics) == [])
        let secretClass = try #require(parsed)
        let request = SecretRequest(
            secretClass: secretClass,
            namespace: "default",
            serviceAccount: "default"
        )
        return try await store.fetch(request).map { fetched in
            let content = fetched.version.value.withBytes { bytes in
                bytes.indices.map { bytes[$0] }
            }
            return File(
                path: fetched.path,
                mode: fetched.mode,
                name: fetched.version.name,
                content: String(decoding: content, as: UTF8.self),
                storeVersion: fetched.version.storeVersion,
                fingerprint: fetched.version.fingerprint
            )
        }
    }
}
