// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
package import Platform

/// Bare mirrors of remotes, so that the second clone of a repository fetches only what is new.
///
/// A mirror belongs to one address. Any number of processes may use the cache at once: a fetch into a mirror
/// locks it, copying out of it shares it. What is in a mirror came in whole packs, so a process that is killed
/// leaves at most a file that the next one removes.
package struct MirrorCache: Sendable {
    /// Where the mirrors are.
    let directory: String
    private let clock: WallClock

    /// Keeps mirrors in a directory that is made, 0700, when the first one is.
    package init(directory: String, clock: WallClock = .system) {
        self.directory = directory
        self.clock = clock
    }

    func mirror(of url: GitURL) throws(GitError) -> Mirror {
        do {
            try Directory.create(directory, permissions: 0o700)
            let text = Array("\(url)".utf8)
            let hash = try SHA256.digest(of: text.span).prefix(12).map { byte in
                (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }.joined()
            let name = url.name.utf8.filter { byte in
                ObjectID.isHexDigit(byte) || (UInt8(ascii: "g")...UInt8(ascii: "z")).contains(byte)
                    || byte == UInt8(ascii: "-")
            }
            let readable = String(decoding: name.prefix(40), as: UTF8.self)
            return Mirror(url: url, path: "\(directory)/\(readable)-\(hash)", clock: clock)
        } catch {
            throw GitError("open", on: directory, .destination, "\(error)")
        }
    }
}
