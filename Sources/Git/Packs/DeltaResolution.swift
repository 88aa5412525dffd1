// SPDX-License-Identifier: Apache-2.0
internal import CGit2
internal import Glibc
internal import Platform
internal import Synchronization

/// Names the objects that are deltas, on several threads.
///
/// Each thread goes down from an object to the deltas on it; where one has nothing to do, another hands over
/// the branch that it would come to last.
@safe final class DeltaResolution: @unchecked Sendable {
    private let table: PackTable
    private let pack: SharedDescriptor
    private let budget = ObjectBytes.Budget()
    private let threadCount = max(1, min(8, CurrentProcess.processorCount))
    private let shared = Mutex(Shared())
    private let idleCount = Atomic<Int>(0)
    private let mustStop = Atomic<Bool>(false)
    private let resolved = Atomic<Int>(0)

    /// Deltas on one object that are still to be resolved.
    private struct Branch: Sendable {
        var base: ObjectBytes
        var type: UInt8
        /// The next delta.
        var child: Int32
    }

    private struct Shared {
        var nextRoot = 0
        var idle = 0
        var given: [Branch] = []
        var running = 0
        var trouble: PackTrouble?
    }

    /// - Parameters:
    ///   - table: complete, and linked.
    ///   - pack: the file that the objects are in.
    init(_ table: PackTable, pack: SharedDescriptor) {
        self.table = table
        self.pack = pack
    }

    private enum Step {
        case branch(Branch)
        case root(Int)
        /// For now: others may hand something over.
        case nothing
        case end
    }

    private func next(in shared: inout Shared, _ isIdle: inout Bool) -> Step {
        var task = shared.given.popLast().map(Step.branch)
        while task == nil, shared.nextRoot < table.count {
            let place = shared.nextRoot
            shared.nextRoot += 1
            if table[place].base < 0, table[place].firstChild >= 0 { task = .root(place) }
        }
        if (task == nil) != isIdle {
            isIdle.toggle()
            shared.idle += isIdle ? 1 : -1
            idleCount.store(shared.idle, ordering: .relaxed)
        }
        // When all are idle nobody can hand over anything.
        return task ?? (shared.idle == threadCount ? .end : .nothing)
    }

    /// How many deltas have their name.
    var count: Int { resolved.load(ordering: .relaxed) }

    /// Starts the threads.
    func start() {
        shared.withLock { $0.running = threadCount }
        for _ in 0..<threadCount {
            SystemThread.start("git deltas") {
                do throws(PackTrouble) {
                    try DeltaWorker.run(self)
                } catch {
                    self.mustStop.store(true, ordering: .relaxed)
                    self.shared.withLock { $0.trouble = error }
                }
                self.shared.withLock { $0.running -= 1 }
            }
        }
    }

    /// Makes the threads end soon.
    func stop() { mustStop.store(true, ordering: .relaxed) }

    /// Whether the threads have ended.
    var hasEnded: Bool { shared.withLock { $0.running == 0 } }

    /// After the end: throws when not every delta has its name.
    func check() throws(PackTrouble) {
        if let trouble = shared.withLock({ $0.trouble }) { throw trouble }
        if count != table.deltaCount { throw PackTrouble("deltas on one another") }
    }
}

extension DeltaResolution {
    /// One thread's part.
    @safe private struct DeltaWorker: ~Copyable {
        private let work: DeltaResolution
        private let table: PackTable
        private let inflater: PackInflater
        private var scratch = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1 << 16)
        private var branches: [Branch] = []

        static func run(_ work: DeltaResolution) throws(PackTrouble) {
            var worker = DeltaWorker(work, try PackInflater())
            try worker.run()
        }

        private init(_ work: DeltaResolution, _ inflater: PackInflater) {
            self.work = work
            self.inflater = inflater
            table = work.table
        }

        deinit { unsafe scratch.deallocate() }

        private mutating func run() throws(PackTrouble) {
            while !work.mustStop.load(ordering: .relaxed) {
                if try !takeBranch() { return }
                try resolve()
            }
        }

        /// Finds something to do; waits while others may hand something over.
        private mutating func takeBranch() throws(PackTrouble) -> Bool {
            var isIdle = false
            while !work.mustStop.load(ordering: .relaxed) {
                switch work.shared.withLock({ work.next(in: &$0, &isIdle) }) {
                case .branch(let branch):
                    branches = [branch]
                    return true
                case .root(let place):
                    branches = [try branch(ofRoot: place)]
                    return true
                case .nothing: usleep(50)
                case .end: return false
                }
            }
            return false
        }

        private func branch(ofRoot place: Int) throws(PackTrouble) -> Branch {
            let entry = table[place]
            let object = unsafe try read(place)
            let base = try ObjectBytes(byteCount: object.count, work.budget)
            unsafe _ = base.bytes.update(fromContentsOf: object)
            return Branch(base: base, type: entry.type, child: entry.firstChild)
        }

        /// Decompresses an object of the pack; valid until the next one is.
        private func read(_ place: Int) throws(PackTrouble) -> UnsafeMutableBufferPointer<UInt8> {
            let entry = table[place]
            let start = entry.offset + Int(entry.headerByteCount)
            let end = place + 1 < table.count ? table[place + 1].offset : nil
            // No compression makes more of it; but a stream can hold any number of blocks of nothing.
            let most = entry.byteCount + entry.byteCount / 1000 + 1024
            // Of the last one the checksum of the pack comes along.
            let count = end.map { $0 - start } ?? most
            if count > most { throw PackTrouble("a compression beyond all bounds") }
            let bytes: [UInt8]
            do {
                bytes = try work.pack.descriptor.read(count: count, at: start)
            } catch {
                throw PackTrouble("the pack cannot be read")
            }
            try inflater.begin(entry.byteCount)
            let (_, isDone) = unsafe try bytes.withUnsafeBufferPointer {
                bytes throws(PackTrouble) in
                unsafe try inflater.take(bytes)
            }
            if !isDone { throw PackTrouble("an object is cut off") }
            return unsafe inflater.object
        }

        private mutating func resolve() throws(PackTrouble) {
            while let branch = branches.popLast() {
                if work.mustStop.load(ordering: .relaxed) { return }
                let child = Int(branch.child)
                let next = table[child].nextSibling
                if next >= 0 {
                    branches.append(Branch(base: branch.base, type: branch.type, child: next))
                }
                try resolve(child, branch)
                if branches.count > 1, work.idleCount.load(ordering: .relaxed) > 0 {
                    let given = branches.removeFirst()
                    work.shared.withLock { $0.given.append(given) }
                }
            }
        }

        private mutating func resolve(_ place: Int, _ branch: Branch) throws(PackTrouble) {
            let entry = table[place]
            let instructions: UnsafeBufferPointer<UInt8>
            if let kept = unsafe entry.delta {
                unsafe instructions = UnsafeBufferPointer(start: kept, count: entry.byteCount)
            } else {
                unsafe instructions = UnsafeBufferPointer(try read(place))
            }
            let delta = unsafe try PackDelta(instructions)
            if delta.resultByteCount > PackInflater.limit { throw PackTrouble("a large object") }
            let base = unsafe UnsafeBufferPointer(branch.base.bytes)
            if entry.firstChild >= 0 {
                let object = try ObjectBytes(byteCount: max(1, delta.resultByteCount), work.budget)
                guard let start = unsafe object.bytes.baseAddress else { return }
                unsafe try delta.apply(to: base, into: start)
                unsafe try name(place, start, delta.resultByteCount, branch.type)
                branches.append(Branch(base: object, type: branch.type, child: entry.firstChild))
                return
            }
            if unsafe scratch.count < delta.resultByteCount {
                unsafe scratch.deallocate()
                unsafe scratch = .allocate(capacity: 2 * delta.resultByteCount)
            }
            guard let start = unsafe scratch.baseAddress else { return }
            unsafe try delta.apply(to: base, into: start)
            unsafe try name(place, start, delta.resultByteCount, branch.type)
        }

        /// libgit2's SHA-1, which refuses what was made to collide.
        private func name(
            _ place: Int,
            _ start: UnsafeMutablePointer<UInt8>,
            _ byteCount: Int,
            _ type: UInt8
        ) throws(PackTrouble) {
            let kind = git_object_t(rawValue: Int32(type))
            var id = git_oid()
            if unsafe cgit2_odb_hash(&id, start, byteCount, kind) != 0 {
                throw PackTrouble("no name for an object")
            }
            table[place].id = id
            table[place].type = type
            work.resolved.add(1, ordering: .relaxed)
        }
    }
}
