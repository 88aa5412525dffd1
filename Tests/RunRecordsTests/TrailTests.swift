// SPDX-License-Identifier: Apache-2.0
import Platform
@testable import RunRecords
import Tekton
import TestSupport
import Testing

/// What the chain and its head find, and where they say it is.
@Suite struct TrailTests {
    @Test func `a record that nobody touched is intact`() throws {
        let chained = try ChainedRun(6)
        let verdict = try chained.verify()
        #expect(verdict.isIntact)
        #expect(verdict.lineCount == 6)
        #expect(verdict.end == (try TrailHeads(in: chained.state.path).head(of: chained.run)))
    }

    @Test func `any byte of any line that is changed breaks the chain at that line`() throws {
        let chained = try ChainedRun(4)
        let whole = Array(try chained.state.read(chained.file).utf8)
        var line = 1
        for (index, byte) in whole.enumerated() {
            var changed = whole
            changed[index] = byte == UInt8(ascii: "0") ? UInt8(ascii: "1") : UInt8(ascii: "0")
            try chained.state.write(
                String(decoding: changed, as: UTF8.self),
                to: chained.file
            )
            let first = try chained.verify().breaks.first
            #expect(first?.line == line, "byte \(index): \(String(describing: first))")
            if byte == UInt8(ascii: "\n") { line += 1 }
        }
    }

    @Test(arguments: 1...5)
    func `lines that are taken out are missed where they stood`(_ line: Int) throws {
        let chained = try ChainedRun(6)
        try chained.rewrite { $0.remove(at: line - 1) }
        #expect(try chained.breaks() == ["removed \(line)", "truncated 6"])
    }

    @Test func `lines that changed places are told`() throws {
        let chained = try ChainedRun(6)
        try chained.rewrite { $0.swapAt(2, 3) }
        let breaks = try chained.verify().breaks
        #expect(breaks.map(\.line) == [3, 4, 5])
        #expect(breaks.map(\.kind).contains(.reordered))
    }

    @Test(arguments: 0...5)
    func `a record that was cut short is told, at every length`(_ count: Int) throws {
        let chained = try ChainedRun(6)
        try chained.rewrite { $0.removeLast(6 - count) }
        #expect(try chained.breaks() == ["truncated \(count + 1)"])
    }

    @Test func `a line that is cut off is told`() throws {
        let chained = try ChainedRun(3)
        let text = try chained.state.read(chained.file)
        try chained.state.write(String(text.dropLast(9)), to: chained.file)
        #expect(try chained.breaks() == ["truncated 3"])
    }

    @Test func `lines that were added are told, forged or copied`() throws {
        let forged = #"{"v":1,"seq":4,"time":"t","event":"note","message":"x"}"# + "\n"
        let chained = try ChainedRun(3)
        let lines = try chained.lines()
        try chained.rewrite { $0.append(forged) }
        #expect(try chained.breaks() == ["appended 4"])
        try chained.rewrite { $0 = lines + [lines[1]] }
        #expect(try chained.breaks() == ["appended 4"])
        try chained.rewrite { $0 = [lines[0], forged] + lines[1...] }
        #expect(try chained.breaks().first == "edited 2")
    }

    @Test func `a line of another run does not fit`() throws {
        let chained = try ChainedRun(3)
        let other = try RunIdentifier(randomness: .system)
        try chained.write(other, count: 3)
        let foreign = try chained.state.read("runs/\(other)/events.jsonl")
        try chained.state.write(foreign, to: chained.file)
        #expect(try chained.breaks() == ["edited 1"])
    }

    @Test func `without the key no line is genuine`() throws {
        let chained = try ChainedRun(2)
        let verifier = TrailVerifier(in: chained.state.path, key: try ChainedRun.key(8))
        #expect(try verifier.verify(chained.run).breaks.map(\.line) == [1, 2])
    }

    @Test func `a record that is gone is missed, one removed on purpose is not`() throws {
        let chained = try ChainedRun(2)
        _ = try Command(["rm", "-r", chained.state.path("runs/\(chained.run)")]).run()
        #expect(try chained.breaks() == ["missing 0"])
        #expect(try RunLookup.all(in: chained.state.path) == [chained.run])
        try TrailHeads(in: chained.state.path).markRemoved(chained.run)
        #expect(try chained.verify().isRemoved)
        #expect(try chained.breaks() == [])
    }

    @Test func `a head that is gone, and a record without a chain, are told`() throws {
        let chained = try ChainedRun(2)
        let head = try chained.state.read("audit/heads/\(chained.run)")
        _ = try Command(["rm", chained.state.path("audit/heads/\(chained.run)")]).run()
        #expect(try chained.breaks() == ["headless 0"])
        try chained.state.write(head, to: "audit/heads/\(chained.run)")
        try chained.state.write("{\"v\":1,\"seq\":1}\n{\"v\":1,\"seq\":2}\n", to: chained.file)
        #expect(try chained.breaks().first == "unchained 1")
    }

    @Test func `a head kept elsewhere tells of a record rolled back with its own head`() throws {
        let chained = try ChainedRun(6)
        let heads = TrailHeads(in: chained.state.path)
        let saved = try #require(try heads.head(of: chained.run))
        #expect(try chained.breaks(saved: saved) == [])
        // Whoever has the state directory and the key writes the run anew, with a line less.
        _ = try Command(["rm", "-r", chained.state.path("runs"), chained.state.path("audit")]).run()
        try chained.write(chained.run, count: 5)
        #expect(try chained.breaks() == [])
        #expect(try chained.breaks(saved: saved) == ["truncated 6"])
        _ = try Command(["rm", "-r", chained.state.path("runs"), chained.state.path("audit")]).run()
        let directory = try ChainedRun.directory(chained.run, in: chained.state.path)
        for number in 1...7 {
            let event = ChainedRun.access(pid: 99)
            try directory.events.observe(event, line: event.line(sequence: number, time: "t"))
        }
        #expect(try chained.breaks(saved: saved) == ["edited 6"])
    }

    @Test func `from its limit on a record takes no access, but whatever else happens`() throws {
        let state = try TemporaryDirectory()
        let run = try RunIdentifier(randomness: .system)
        let directory = try ChainedRun.directory(run, in: state.path, byteLimit: 2000)
        var taken = 0
        var refusal: EventFileError?
        for number in 1...20 where refusal == nil {
            let event = ChainedRun.access(pid: 1)
            do {
                try directory.events.observe(event, line: event.line(sequence: number, time: "t"))
                taken = number
            } catch {
                refusal = error as? EventFileError
            }
        }
        #expect(refusal == .full(byteLimit: 2000))
        #expect((3...7).contains(taken))
        let note = RunEvent.noted("end")
        try directory.events.observe(note, line: note.line(sequence: taken + 1, time: "t"))
        let verdict = try TrailVerifier(in: state.path, key: ChainedRun.key()).verify(run)
        #expect(verdict.isIntact)
        #expect(verdict.lineCount == taken + 1)
    }

    @Test func `a head whose newer line was being written when the run died is the one before`()
        throws
    {
        let chained = try ChainedRun(5)
        let heads = TrailHeads(in: chained.state.path)
        let path = "audit/heads/\(chained.run)"
        let lines = try chained.state.read(path).split(separator: "\n").map { Array($0.utf8) }
        #expect(lines.count == 2)
        #expect(try heads.head(of: chained.run)?.lineCount == 5)
        let torn = Array("-acit-head 1 kept 000000000007 ".utf8)
        // Line 5 stands in the second place, as the number is odd; it is cut at each of its bytes.
        for count in 0...torn.count {
            var mixed: [UInt8] = Array(torn[..<count])
            mixed += lines[1][count...]
            let text = lines[0] + [0x0A] + mixed + [0x0A]
            try chained.state.write(String(decoding: text, as: UTF8.self), to: path)
            #expect(try heads.head(of: chained.run)?.lineCount == (count == 0 ? 5 : 4))
            #expect(try chained.breaks() == [])
        }
    }

    @Test func `the head lies apart from the records, closed to others`() throws {
        let chained = try ChainedRun(1)
        let head = chained.state.path("audit/heads/\(chained.run)")
        #expect(try FileStatus(of: head).permissions == 0o600)
        #expect(try FileStatus(of: chained.state.path("audit/heads")).permissions == 0o700)
    }
}
