// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
internal import Platform

/// Writes the index of a new work tree, version 2 of gitformat-index(5).
struct IndexFile {
    private var bytes: [UInt8]

    init(entryCount: Int) {
        bytes = Array("DIRC".utf8) + [0, 0, 0, 2]
        bytes.reserveCapacity(entryCount * 100)
        add(UInt32(entryCount))
    }

    /// Adds the next file, in the order of the paths.
    mutating func add(_ entry: GitIndex.Entry, _ file: WrittenFile) {
        let start = bytes.count
        for number in file.numbers { add(number) }
        entry.id.appendBytes(to: &bytes)
        let path = Array(entry.path.utf8)
        let length = UInt16(min(path.count, 0xFFF))
        bytes += [UInt8(length >> 8), UInt8(length & 0xFF)] + path
        // At least one NUL, and up to a multiple of eight.
        bytes += [UInt8](repeating: 0, count: 8 - (bytes.count - start) % 8)
    }

    /// Makes the file of a repository's own directory.
    consuming func write(to directory: String) throws(GitError) {
        let path = "\(directory)/index"
        do {
            let hash = try SHA1()
            try hash.update(bytes.span)
            let file = try FileDescriptor.open(
                path,
                [.writeOnly, .create, .exclusive],
                permissions: 0o644
            )
            try file.write(bytes + (try hash.finish()))
        } catch {
            throw GitError("write", on: path, .destination, "\(error)")
        }
    }

    private mutating func add(_ number: UInt32) {
        for shift in [24, 16, 8, 0] as [UInt32] {
            bytes.append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }
}
