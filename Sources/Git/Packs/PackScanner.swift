// SPDX-License-Identifier: Apache-2.0
internal import CGit2
internal import CZlib
internal import Cryptography

/// Reads a pack as it comes in (gitformat-pack(5)): finds its objects, names those that are no deltas, and
/// keeps the deltas' instructions.
///
/// Thread rule: belongs to one thread.
@safe final class PackScanner {
    let table = PackTable()
    /// How many objects the pack says it has.
    private(set) var total = 0
    /// The pack's checksum, once all of it is there and agrees.
    private(set) var trailer: [UInt8]?

    private enum State {
        case head
        case type
        case size(shift: UInt64)
        case baseDistance
        case data
        case trailer
        case end
    }

    private var state = State.head
    private let inflater: PackInflater
    private let hash: SHA1
    private var small: [UInt8] = []
    private var entry = PackEntry(offset: 0, byteCount: 0, type: 0)
    private var distance = 0
    private var isFurtherByte = false
    /// Bytes before the current piece.
    private var position = 0

    private static let commit: UInt8 = 1
    private static let tag: UInt8 = 4
    private static let offsetDelta: UInt8 = 6

    init() throws(PackTrouble) {
        inflater = try PackInflater()
        do { hash = try SHA1() } catch { throw PackTrouble("no SHA-1") }
    }

    /// Takes the next bytes of the pack.
    func take(_ piece: [UInt8]) throws(PackTrouble) {
        let end = unsafe try piece.withUnsafeBufferPointer { bytes throws(PackTrouble) in
            unsafe try scan(bytes)
        }
        do {
            try hash.update(piece.span.extracting(..<end))
            if small.count == SHA1.byteCount, case .trailer = state {
                if try hash.finish() != small { throw PackTrouble("another checksum") }
                trailer = small
                state = .end
            }
        } catch let error as PackTrouble {
            throw error
        } catch {
            throw PackTrouble("no SHA-1")
        }
        position += piece.count
    }

    /// Returns how many bytes come before the trailer.
    private func scan(_ bytes: UnsafeBufferPointer<UInt8>) throws(PackTrouble) -> Int {
        var next = 0
        // Where what is not in the entry's checksum yet begins.
        var counted = 0
        while next < bytes.count {
            if case .data = state {
                let rest = unsafe UnsafeBufferPointer(rebasing: bytes[next...])
                let (used, isDone) = unsafe try inflater.take(rest)
                next += used
                if isDone {
                    unsafe count(bytes, counted, next)
                    try finishEntry()
                }
                continue
            }
            let byte = unsafe bytes[next]
            switch state {
            case .head:
                small.append(byte)
                if small.count == 12 { try readHead() }
            case .type:
                entry = PackEntry(
                    offset: position + next,
                    byteCount: Int(byte & 15),
                    type: byte >> 4 & 7
                )
                counted = next
                distance = 0
                try readSize(byte, shift: 4)
            case .size(let shift):
                entry.byteCount |= Int(byte & 0x7F) << Int(shift)
                try readSize(byte, shift: shift + 7)
            case .baseDistance: try readDistance(byte)
            case .trailer:
                if small.count == SHA1.byteCount { throw PackTrouble("bytes after the end") }
                let missing = SHA1.byteCount - small.count
                if bytes.count - next > missing { throw PackTrouble("bytes after the end") }
                unsafe small += bytes[next...]
                return next
            case .end, .data: throw PackTrouble("bytes after the end")
            }
            next += 1
        }
        if isWithinEntry { unsafe count(bytes, counted, next) }
        return next
    }

    private var isWithinEntry: Bool {
        switch state {
        case .size, .baseDistance, .data: true
        case .head, .type, .trailer, .end: false
        }
    }

    private func count(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) {
        let part = unsafe UnsafeBufferPointer(rebasing: bytes[start..<end])
        unsafe entry.checksum = UInt32(
            truncatingIfNeeded: crc32_z(UInt(entry.checksum), part.baseAddress, part.count)
        )
    }

    private func readHead() throws(PackTrouble) {
        guard small.starts(with: Array("PACK".utf8) + [0, 0, 0, 2]) else {
            throw PackTrouble("no pack of version 2")
        }
        total = small[8..<12].reduce(0) { $0 << 8 | Int($1) }
        if total == 0 { throw PackTrouble("an empty pack") }
        small = []
        state = .type
    }

    private func readSize(_ byte: UInt8, shift: UInt64) throws(PackTrouble) {
        entry.headerByteCount += 1
        if byte & 0x80 != 0 {
            if shift > 50 { throw PackTrouble("a size beyond all bounds") }
            state = .size(shift: shift)
        } else if entry.type == Self.offsetDelta {
            state = .baseDistance
        } else if (Self.commit...Self.tag).contains(entry.type) {
            try beginData()
        } else {
            throw PackTrouble("a base by name, or of no known type")
        }
    }

    private func readDistance(_ byte: UInt8) throws(PackTrouble) {
        // Each further byte stands for one more than it says.
        if isFurtherByte { distance += 1 }
        if distance > 1 << 50 { throw PackTrouble("a base beyond all bounds") }
        distance = distance << 7 | Int(byte & 0x7F)
        isFurtherByte = byte & 0x80 != 0
        entry.headerByteCount += 1
        if isFurtherByte { return }
        guard distance > 0, let base = table.place(ofOffset: entry.offset - distance) else {
            throw PackTrouble("a base that is no object")
        }
        entry.base = Int32(base)
        try beginData()
    }

    private func beginData() throws(PackTrouble) {
        try inflater.begin(entry.byteCount)
        state = .data
    }

    private func finishEntry() throws(PackTrouble) {
        let object = unsafe inflater.object
        if entry.base >= 0 {
            unsafe entry.delta = table.keep(object)
        } else {
            let type = git_object_t(rawValue: Int32(entry.type))
            let code = unsafe cgit2_odb_hash(&entry.id, object.baseAddress, object.count, type)
            if code != 0 { throw PackTrouble("no name for an object") }
        }
        try table.append(entry)
        state = table.count == total ? .trailer : .type
    }
}
