// SPDX-License-Identifier: Apache-2.0
import FUSE
@testable import SecretFS
import Secrets
import Testing

/// The table alone: what the kernel's references keep, and when a slot is used again.
struct InodeTableTests {
    private static let path = [Array("t".utf8)]

    private func published(_ names: String...) throws -> InodeTable {
        var table = InodeTable(at: 1) { _ in { _ in } }
        let files = try names.map { name in
            try SecretFile(path: name, mode: 0o644, content: MountedSecrets.version("v", of: name))
        }
        let top = try table.publish(files, for: MountedSecrets.reader, at: Self.path, time: 2)
        #expect(top == InodeTable.root)
        return table
    }

    private func lookUp(_ path: String, in table: inout InodeTable) -> UInt64? {
        var inode = InodeTable.root
        for name in path.split(separator: "/") {
            let bytes = Array(name.utf8)
            guard let found = table.reference(bytes.span, in: inode) else { return nil }
            inode = found.inode
        }
        return inode
    }

    @Test func `an inode that the kernel knows outlives its name`() throws {
        var table = try published("token")
        let inode = try #require(lookUp("t/token", in: &table))
        let changes = table.withdraw(Self.path, time: 3)
        #expect(changes.map(\.name) == [Array("token".utf8), Array("t".utf8)])
        #expect(table[inode]?.attributes.linkCount == 0)
        #expect(table[inode]?.attributes.size == 1)
        #expect(table.file(inode) == nil)
        table.forget(inode, count: 1)
        #expect(table[inode] == nil)
    }

    @Test func `an inode that the kernel does not know goes with its name`() throws {
        var table = try published("a", "b/c")
        #expect(table.count == 5)
        _ = table.withdraw(Self.path, time: 3)
        #expect(table.count == 1)
    }

    @Test func `a slot used again has another number`() throws {
        var table = try published("token")
        let first = try #require(lookUp("t/token", in: &table))
        for time in 0..<5 {
            let version = try MountedSecrets.version("v\(time)", of: "token", number: time + 2)
            #expect(table.replace(with: version, time: Int64(time)).count == 1)
        }
        let last = try #require(lookUp("t/token", in: &table))
        table.forget(first, count: 1)
        #expect(table[first] == nil)
        #expect(last != first)
        #expect(table.count == 3)
        #expect(table.file(last)?.version.number == 6)
    }

    @Test func `replacing with the version that is there changes nothing`() throws {
        var table = try published("token")
        let inode = try #require(lookUp("t/token", in: &table))
        let version = try #require(table.file(inode)?.version)
        #expect(table.replace(with: version, time: 3).isEmpty)
        #expect(lookUp("t/token", in: &table) == inode)
    }

    @Test func `forgetting the root or an unknown inode is nothing`() throws {
        var table = try published("token")
        table.forget(InodeTable.root, count: 5)
        table.forget(99, count: 1)
        table.forget(7 << 32 | 2, count: 1)
        #expect(table.count == 3)
    }

    @Test func `names are found among many, whatever their order`() throws {
        let names = (0..<500).map { "n\($0 &* 7919 % 500)" }
        var entries = DirectoryEntries()
        for (index, name) in names.enumerated() {
            entries.set(Array(name.utf8), to: UInt64(index), kind: .file)
        }
        for (index, name) in names.enumerated() {
            #expect(entries[Array(name.utf8)]?.inode == UInt64(index))
        }
        let sorted = entries.all.map(\.name)
        #expect(sorted == sorted.sorted { $0.lexicographicallyPrecedes($1) })
        #expect(entries[Array("n".utf8)] == nil)
        #expect(entries[Array("n5000".utf8)] == nil)
        for name in names { entries.remove(Array(name.utf8)) }
        #expect(entries.isEmpty)
    }
}
