// SPDX-License-Identifier: Apache-2.0

/// An open file, and who was recorded as using it.
struct OpenFile {
    /// How many processes and how many threads are remembered; beyond, the oldest is forgotten, and
    /// recorded again if it comes back.
    static let rememberedCount = 64

    let file: PublishedFile
    private let openerThread: Int32
    private let openerProcess: Int32
    /// Threads whose process was looked up and is recorded; oldest first.
    private var threads: [Int32] = []
    /// Processes other than the opener's whose first read is recorded; oldest first.
    private var processes: [Int32] = []

    init(_ file: PublishedFile, thread: Int32, process: Int32) {
        self.file = file
        openerThread = thread
        openerProcess = process
    }

    /// Whether reads by a thread need no further record.
    func knows(thread: Int32) -> Bool {
        thread == openerThread || threads.contains(thread) || !file.isAudited
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
