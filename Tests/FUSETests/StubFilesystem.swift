// SPDX-License-Identifier: Apache-2.0
import FUSE
import Platform
import Synchronization

/// One file, `file`, whose answers a test chooses; everything else is left to the defaults.
final class StubFilesystem: FUSEFilesystem {
    /// What becomes of an open.
    enum Answer: Sendable {
        case open
        case refuse(Errno)
        case drop
        /// Waits until `letGo`, then opens.
        case hold
    }

    static let file: UInt64 = 2
    static let content: [UInt8] = Array("content".utf8)

    private struct State {
        var answer: Answer
        /// How often what was held was let go.
        var lettings = 0
    }

    private let state: Mutex<State>
    let opens = Atomic<Int>(0)
    let releases = Atomic<Int>(0)
    let lookups = Atomic<Int>(0)
    let forgets = Atomic<Int>(0)
    let callers = Mutex<[FUSEContext]>([])

    init(_ answer: Answer = .open) {
        state = Mutex(State(answer: answer))
    }

    func set(_ next: Answer) {
        state.withLock { $0.answer = next }
    }

    /// Lets what is held go on; later opens are opened.
    func letGo() {
        state.withLock { state in
            state.answer = .open
            state.lettings += 1
        }
    }

    private func hold(since lettings: Int) {
        while state.withLock({ $0.lettings }) == lettings {
            SystemThread.sleep(nanoseconds: 1_000_000)
        }
    }

    private static func attributes(of inode: UInt64) -> FUSEAttributes {
        FUSEAttributes(
            inode: inode,
            kind: inode == file ? .file : .directory,
            permissions: 0o755,
            size: inode == file ? content.count : 0,
            linkCount: 1,
            modified: 0
        )
    }

    func lookUp(_ name: Span<UInt8>, in parent: UInt64, reply: consuming FUSEEntryReply) {
        if name.count != 4 { return reply.refuse(.notFound) }
        lookups.add(1, ordering: .relaxed)
        let entry = FUSEEntry(
            Self.attributes(of: Self.file),
            generation: 0,
            nameTimeout: 3600,
            attributesTimeout: 3600
        )
        _ = reply.found(entry)
    }

    func forget(_ inode: UInt64, count: UInt64) {
        forgets.add(Int(count), ordering: .relaxed)
    }

    func attributes(of inode: UInt64, reply: consuming FUSEAttributesReply) {
        reply.tell(Self.attributes(of: inode), timeout: 3600)
    }

    func open(
        _ inode: UInt64,
        flags: CInt,
        by caller: FUSEContext,
        reply: consuming FUSEOpenReply
    ) {
        opens.add(1, ordering: .relaxed)
        callers.withLock { $0.append(caller) }
        let (answer, lettings) = state.withLock { ($0.answer, $0.lettings) }
        switch answer {
        case .open: _ = reply.opened(7)
        case .refuse(let code): reply.refuse(code)
        case .drop: break
        case .hold:
            hold(since: lettings)
            _ = reply.opened(7)
        }
    }

    func read(
        _ handle: UInt64,
        at offset: Int,
        count: Int,
        by caller: FUSEContext,
        reply: consuming FUSEDataReply
    ) {
        if handle != 7 { return reply.refuse(.badDescriptor) }
        let content = Self.content
        reply.data(content.span.extracting(min(offset, content.count)..<content.count))
    }

    func release(_ handle: UInt64, reply: consuming FUSEReply) {
        releases.add(1, ordering: .relaxed)
        reply.done()
    }
}
