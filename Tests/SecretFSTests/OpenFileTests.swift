// SPDX-License-Identifier: Apache-2.0
@testable import SecretFS
import Testing

/// Who is known to an open file, and handles.
struct OpenFileTests {
    private func open(isAudited: Bool = true) throws -> OpenFile {
        let file = InodeTable(at: 1) { _ in { _ in } }.published(
            try MountedSecrets.version("v", of: "token"),
            at: "token",
            for: MountedSecrets.reader,
            permissions: 0o644,
            isAudited: isAudited
        )
        return OpenFile(file, inode: 2, thread: 11, process: 10)
    }

    @Test func `the opener is known, by thread and by process`() throws {
        var file = try open()
        #expect(file.knows(thread: 11))
        #expect(!file.knows(thread: 12))
        #expect(file.knows(process: 10))
        file.remember(thread: 12, of: 10)
        #expect(file.knows(thread: 12))
        #expect(!file.knows(process: 20))
    }

    @Test func `what is not audited knows everyone`() throws {
        #expect(try open(isAudited: false).knows(thread: 99))
    }

    @Test func `however many processes read, a bounded number is remembered`() throws {
        var file = try open()
        for process in 100..<1000 { file.remember(thread: Int32(process), of: Int32(process)) }
        #expect(file.knows(process: 999))
        #expect(file.knows(thread: 999))
        #expect(!file.knows(process: 100))
        #expect(file.knows(process: 10))
        let known = (100..<1000).count { file.knows(process: Int32($0)) }
        #expect(known == OpenFile.rememberedCount)
    }

    @Test func `reads of whole pages within the file are taken for the page cache's`() throws {
        let cases: [(offset: Int, count: Int, isTaken: Bool)] = [
            (0, 4096, true), (0, 64, false), (0, 131072, false), (4096, 4096, false),
            (1, 4096, false),
        ]
        for (offset, count, isTaken) in cases {
            var file = try open()
            file.noteRead(at: offset, count: count)
            #expect(file.mayBeCached == isTaken, "\(count) bytes at \(offset)")
        }
    }

    @Test func `a handle is used again only after its release`() {
        var table = HandleTable<String>()
        let first = table.insert("a")
        let second = table.insert("b")
        #expect(first != second)
        #expect(table.remove(first) == "a")
        #expect(table.remove(first) == nil)
        #expect(table[first] == nil)
        #expect(table.insert("c") == first)
        #expect(table[second] == "b")
        #expect(table.count == 2)
        #expect(table[99] == nil)
        #expect(table.remove(99) == nil)
    }
}
