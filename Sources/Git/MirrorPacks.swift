// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// A cheap look at a mirror's packs: whether each is as long as when it was written.
///
/// A pack ends with its checksum, and its index ends with the pack's checksum and its own: a file that lost
/// its end, or a part of a pair that is missing, is found here. Damage in the middle is found by libgit2, which
/// checks every object that it reads against its name.
struct MirrorPacks {
    let directory: String

    /// - Returns: how many packs there are.
    /// - Throws: `GitError.corrupt`.
    func check() throws(GitError) -> Int {
        do {
            let names = try Directory.names(in: directory)
            let packs = names.filter { $0.hasPrefix("pack-") && $0.hasSuffix(".pack") }
            for pack in packs {
                let index = String(pack.dropLast(5)) + ".idx"
                // A pack whose index has not come yet is being published.
                guard names.contains(index) else { continue }
                let packEnd = try end(of: pack, 20)
                let indexEnd = try end(of: index, 40)
                if packEnd != Array(indexEnd.prefix(20)) {
                    throw GitError("check", on: "\(directory)/\(pack)", .corrupt, "it is damaged")
                }
            }
            return packs.count
        } catch let error as GitError {
            throw error
        } catch {
            throw GitError("check", on: directory, .corrupt, "\(error)")
        }
    }

    private func end(of name: String, _ count: Int) throws -> [UInt8] {
        let file = try FileDescriptor.open("\(directory)/\(name)")
        let size = try FileStatus(of: file).byteCount
        if size < count { throw GitError("check", on: name, .corrupt, "it is too short") }
        return try file.read(count: count, at: size - count)
    }
}
