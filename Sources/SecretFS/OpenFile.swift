// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
internal import Secrets

/// An open file, and who was recorded as using it.
struct OpenFile {
    /// How many processes and how many threads are remembered; beyond, the oldest is forgotten, and
    /// recorded again if it comes back.
    static let rememberedCount = 64

    private static let pageSize = 4096

    let file: PublishedFile
    let inode: UInt64
    /// Whether the kernel may have put what it read into its page cache.
    private(set) var mayBeCached = false
    private let openerThread: Int32
    private let openerProcess: Int32
    /// Threads whose process was looked up and is recorded; oldest first.
    private var threads: [Int32] = []
    /// Processes other than the opener's whose first read is recorded; oldest first.
    private var processes: [Int32] = []

    init(_ file: PublishedFile, inode: UInt64, thread: Int32, process: Int32) {
        self.file = file
        self.inode = inode
        openerThread = thread
        openerProcess = process
    }

    /// Notes a read; one of whole pages, within the file, may be for the page cache.
    mutating func noteRead(at offset: Int, count: Int) {
        let pages = (file.version.value.count + Self.pageSize - 1) / Self.pageSize
        let isWhole = offset % Self.pageSize == 0 && count % Self.pageSize == 0
        if isWhole && offset + count <= pages * Self.pageSize { mayBeCached = true }
    }

    /// Whether reads by a thread need no further record.
    func knows(thread: Int32) -> Bool {
        thread == openerThread || threads.contains(thread) || file.audit == nil
    }

    func knows(process: Int32) -> Bool {
        process == openerProcess || processes.contains(process)
    }

    /// Notes that a thread's reads are covered by what is recorded of its process.
    mutating func remember(thread: Int32, of process: Int32) {
        Self.remember(thread, in: &threads)
        if process != openerProcess { Self.remember(process, in: &processes) }
    }

    private static func remember(_ identifier: Int32, in known: inout [Int32]) {
        if known.contains(identifier) { return }
        if known.count == rememberedCount { known.removeFirst() }
        known.append(identifier)
    }
}
