// SPDX-License-Identifier: Apache-2.0
import Platform
import TestSupport
import Testing

@testable import Git

/// What libgit2's own indexer and `git index-pack` make of a pack, ours must make too.
@Suite struct PackReceiverTests {
    /// A pack of every kind of object, with deltas on deltas, an empty file and one that is larger than what
    /// is kept of a delta.
    private func pack(_ place: TemporaryDirectory, _ options: String) throws -> [UInt8] {
        let script = """
            set -eu; cd '\(place.path)'; export HOME=/nonexistent GIT_CONFIG_NOSYSTEM=1
            export GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@x GIT_COMMITTER_NAME=C GIT_COMMITTER_EMAIL=c@x
            [ -d r ] || { git init -q -b main r; cd r; : > empty; ln -s empty link; mkdir -p d/e
            seq 1 40000 > d/large; head -c 200000 /dev/urandom > noise; git add -A; git commit -q -m 0
            for i in $(seq 24); do seq $i $((i + 400)) > d/e/f; seq 1 $((40000 - i)) > d/large
            { head -c 70000 noise; echo $i; tail -c 120000 noise; } > n; mv n noise
            git add -A; git commit -q -m $i; [ $((i % 8)) -ne 0 ] || git tag -a -m t$i t$i; done; cd ..; }
            git -C r rev-list --objects --all | cut -d' ' -f1 | git -C r pack-objects -q --stdout \(options) > p
            """
        let outcome = try Command(["/bin/bash", "-c", script]).run()
        if outcome.exitCode != 0 { throw CommandFailure(description: "\(outcome)") }
        return try FileDescriptor.open(place.path("p")).readToEnd()
    }

    /// Gives the pack in pieces; returns the files that came of it, and whether libgit2 had to do it.
    private func receive(
        _ pack: [UInt8],
        pieces: Int,
        _ place: TemporaryDirectory,
        _ name: String
    ) throws -> (packs: [String], isLibrary: Bool) {
        let repository = try GitRepository(initializing: place.path(name), isBare: true)
        let directory = "\(repository.directory)/objects/pack"
        do {
            let receiver = try PackReceiver(for: repository)
            defer { withExtendedLifetime(receiver) {} }
            _ = receiver.receive(pack, inPiecesOf: pieces)
            let packs = try Directory.names(in: directory).filter { $0.hasPrefix("pack-") }
            return (packs, receiver.isLibrary)
        }
    }

    @Test(arguments: [1_000_003, 4099, 61])
    func `the index of a pack is what git makes of it, however the pack came in pieces`(
        pieces: Int
    ) throws {
        let place = try TemporaryDirectory()
        let pack = try pack(place, "--delta-base-offset")
        let (packs, isLibrary) = try receive(pack, pieces: pieces, place, "own")
        #expect(!isLibrary)
        #expect(packs.count == 2)
        let script = """
            cd '\(place.path)'; git index-pack -o git.idx p && cmp git.idx own/objects/pack/*.idx \\
            && cmp p own/objects/pack/*.pack && git verify-pack own/objects/pack/*.idx \\
            && [ "$(stat -c %a own/objects/pack/*.idx own/objects/pack/*.pack | sort -u)" = 444 ]
            """
        let outcome = try Command(["/bin/sh", "-c", script]).run()
        #expect(outcome.exitCode == 0, "\(outcome)")
    }

    @Test func `a pack that names its bases is libgit2's to index, and comes out the same`() throws
    {
        let place = try TemporaryDirectory()
        let pack = try pack(place, "")
        let (packs, isLibrary) = try receive(pack, pieces: 65515, place, "own")
        #expect(isLibrary)
        #expect(packs.count == 2)
        let script =
            "cd '\(place.path)'; git index-pack -o git.idx p; cmp git.idx own/objects/pack/*.idx"
        let outcome = try Command(["/bin/sh", "-c", script]).run()
        #expect(outcome.exitCode == 0, "\(outcome)")
    }

    @Test func `a pack with a byte changed, cut off or added makes no files`() throws {
        let place = try TemporaryDirectory()
        let pack = try pack(place, "--delta-base-offset")
        var random = SystemRandomNumberGenerator()
        var damaged: [(String, [UInt8])] = [
            ("no end", Array(pack.dropLast())), ("more", pack + [0]), ("nothing", []),
            ("no trailer", Array(pack.dropLast(20))), ("head alone", Array(pack.prefix(12))),
        ]
        for _ in 0..<12 {
            let place = Int.random(in: 0..<pack.count, using: &random)
            var changed = pack
            changed[place] ^= UInt8.random(in: 1...255, using: &random)
            damaged.append(("byte \(place)", changed))
            damaged.append(("cut at \(place)", Array(pack[..<place])))
        }
        for (number, (what, bytes)) in damaged.enumerated() {
            let (packs, _) = try receive(bytes, pieces: 65515, place, "own\(number)")
            #expect(packs == [], "\(what)")
            let left = try Directory.names(in: place.path("own\(number)/objects/pack"))
            #expect(left.allSatisfy { !$0.hasPrefix("tmp_pack") }, "\(what): \(left)")
            try Directory.removeTree(place.path("own\(number)"))
        }
    }

    @Test func `bytes behind the end make no files, wherever the pieces meet`() throws {
        let place = try TemporaryDirectory()
        let pack = try pack(place, "--delta-base-offset")
        for missing in 1...20 {
            let bytes = pack + [UInt8](repeating: 7, count: missing)
            let pieces = pack.count - missing
            let (packs, _) = try receive(bytes, pieces: pieces, place, "own\(missing)")
            #expect(packs == [], "\(missing)")
        }
    }

    @Test func `a compression of nothing but empty blocks takes no memory of ours`() throws {
        let place = try TemporaryDirectory()
        let script = """
            import hashlib, struct, sys, zlib
            data = b"0123456789"
            empty = b"\\0\\0\\0\\xff\\xff" * 4000
            body = b"\\x78\\x01" + empty + b"\\1" + struct.pack("<HH", 10, 10 ^ 0xffff) + data
            body += struct.pack(">I", zlib.adler32(data))
            first = bytes([3 << 4 | 10]) + body
            delta = bytes([10, 11, 0x90, 10, 1]) + b"x"
            distance, encoded = len(first), []
            encoded.append(distance & 127)
            while distance := distance >> 7:
                distance -= 1
                encoded.append(128 | distance & 127)
            second = bytes([6 << 4 | len(delta)]) + bytes(reversed(encoded)) + zlib.compress(delta)
            pack = b"PACK" + struct.pack(">II", 2, 2) + first + second
            sys.stdout.buffer.write(pack + hashlib.sha1(pack).digest())
            """
        try place.write(script, to: "make.py")
        let made = "cd '\(place.path)' && python3 make.py > p && git index-pack -o git.idx p"
        let outcome = try Command(["/bin/sh", "-c", made]).run()
        #expect(outcome.exitCode == 0, "\(outcome)")
        let pack = try FileDescriptor.open(place.path("p")).readToEnd()
        let (packs, isLibrary) = try receive(pack, pieces: 65515, place, "own")
        #expect(isLibrary)
        #expect(packs.count == 2)
        let compared = "cmp '\(place.path)/git.idx' '\(place.path)'/own/objects/pack/*.idx"
        #expect(try Command(["/bin/sh", "-c", compared]).run().exitCode == 0)
    }
}
