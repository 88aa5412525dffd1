// SPDX-License-Identifier: Apache-2.0
@testable import Redaction
import Testing

@Suite struct RedactingStreamTests {
    @Test func `a stream without secrets passes everything at once`() {
        var stream = Redactor().stream()
        #expect(stream.write("Password: ") == "Password: ")
        #expect(stream.heldCount == 0)
        #expect(stream.atEnd().isEmpty)
    }

    @Test func `a secret split across two writes is masked`() {
        let redactor = Redactor()
        redactor.register("correct-horse", name: "db/password")
        var stream = redactor.stream()
        #expect(stream.write("login correct-") == "login ")
        #expect(stream.heldCount == 8)
        #expect(stream.write("horse ok\n") == "[REDACTED:db/password] ok\n")
    }

    @Test func `two streams, interleaved, are masked each by itself`() {
        let redactor = Redactor()
        redactor.register("correct-horse", name: "p")
        var one = redactor.stream()
        var other = redactor.stream()
        #expect(one.write("x corr") == "x ")
        #expect(other.write("ect-horse correct-") == "ect-horse ")
        #expect(one.write("ect-horse.") == "[REDACTED:p].")
        #expect(other.write("horse") == "[REDACTED:p]")
    }

    @Test func `a refuted prefix is let go`() {
        let redactor = Redactor()
        redactor.register("correct-horse", name: "p")
        var stream = redactor.stream()
        #expect(stream.write("correct-").isEmpty)
        #expect(stream.write("ion\n") == "correct-ion\n")
    }

    @Test func `overlapping secrets are masked as a union`() {
        let redactor = Redactor()
        redactor.register("XwbGMY0WOVERLAP1", name: "one")
        redactor.register("OVERLAP1UMZR0VvC", name: "two")
        var stream = redactor.stream()
        #expect(stream.write("v=XwbGMY0WOVERLAP1UMZR0VvC z") == "v=[REDACTED:one] z")
    }

    @Test func `secrets that touch make one mask, over writes too`() {
        let redactor = Redactor()
        redactor.register("first-secret", name: "one")
        redactor.register("other-secret", name: "two")
        var stream = redactor.stream()
        #expect(stream.write("first-secret") == "[REDACTED:one]")
        #expect(stream.write("other-secret").isEmpty)
        #expect(stream.write(".") == ".")
        #expect(stream.write("other-secret.") == "[REDACTED:two].")
    }

    /// What a silence lets go is less than 4 bytes, wherever the cut is, and the rest is masked.
    @Test func `a secret split exactly at a flush is masked but for what the flush let go`() {
        let secret = "correct-horse-battery"
        let redactor = Redactor()
        redactor.register(secret, name: "p")
        for count in 1..<secret.utf8.count {
            var stream = redactor.stream()
            var output = stream.write("v=" + secret.prefix(count))
            output += stream.afterSilence()
            let shown = count < 4 ? secret.prefix(count) : ""
            #expect(output == "v=" + shown, "cut at \(count)")
            output += stream.write(secret.dropFirst(count) + "\n")
            #expect(output == "v=\(shown)[REDACTED:p]\n", "cut at \(count)")
        }
    }

    @Test
    func `a mask that reaches into what is held is printed once, whatever becomes of the hold`() {
        let redactor = Redactor()
        redactor.register("XwbGMY0WOVERLAP1", name: "one")
        redactor.register("OVERLAP1UMZR0VvC", name: "two")
        for (rest, expected) in [("UMZR0VvC z", " z"), ("UMZ z", "UMZ z"), (" z", " z")] {
            var stream = redactor.stream()
            var output = stream.write("v=XwbGMY0WOVERLAP1")
            #expect(stream.heldCount == 8)
            output += stream.afterSilence()
            output += stream.write(rest)
            #expect(output == "v=[REDACTED:one]" + expected)
            // Byte by byte and in one long write, too.
            let text = Array(("v=XwbGMY0WOVERLAP1" + rest).utf8)
            #expect(redactor.output(text.map { [$0] }) == Array(output.utf8))
            let long = [UInt8](repeating: 0x2E, count: 5000)
            let pieces = [Array(text.prefix(18)), Array(text.dropFirst(18)) + long]
            #expect(redactor.output(pieces) == Array(output.utf8) + long)
        }
    }

    @Test func `a secret that a longer one begins with stays open`() {
        let redactor = Redactor()
        redactor.register("alpha-w7G7tf", name: "short")
        redactor.register("alpha-w7G7tf-long", name: "long")
        var stream = redactor.stream()
        #expect(stream.write("alpha-w7G7tf").isEmpty)
        #expect(stream.heldCount == 12)
        #expect(stream.write("-long!") == "[REDACTED:long]!")
        #expect(stream.write("alpha-w7G7tf!") == "[REDACTED:short]!")
    }

    @Test func `a mask does not overtake held bytes`() {
        let redactor = Redactor()
        redactor.register("abcdefgh", name: "a")
        redactor.register("longsecret12345", name: "b")
        var stream = redactor.stream()
        #expect(stream.write("abcdlongsecret12345") == "abcd[REDACTED:b]")
    }

    @Test func `progress lines leave write by write`() {
        let redactor = Redactor()
        redactor.register("correct-horse", name: "p")
        var stream = redactor.stream()
        for percent in 0...100 {
            let line = Array("\rfetched \(percent) %".utf8)
            #expect(stream.pieces(line) == [line])
        }
    }

    @Test func `one write gives at most one piece, however many secrets are in it`() {
        let redactor = Redactor()
        redactor.register("correct-horse", name: "p")
        var stream = redactor.stream()
        let pieces = stream.pieces(Array("a correct-horse b correct-horse c corr".utf8))
        #expect(pieces.count == 1)
    }

    @Test func `a short hold is let go after silence and its needle still masked`() {
        let redactor = Redactor()
        redactor.register("rd: hunter2", name: "p")
        var stream = redactor.stream()
        #expect(stream.write("Passwo").isEmpty == false)
        #expect(stream.write("rd:") == "")
        #expect(stream.heldCount == 3)
        #expect(stream.afterSilence() == "rd:")
        #expect(stream.heldCount == 0)
        #expect(stream.afterSilence().isEmpty)
        #expect(stream.write(" hunt").isEmpty)
        #expect(stream.afterSilence().isEmpty)
        #expect(stream.write("er2 ok") == "[REDACTED:p] ok")
    }

    @Test func `a released hold that is refuted leaves once`() {
        let redactor = Redactor()
        redactor.register("rd: hunter2", name: "p")
        var stream = redactor.stream()
        #expect(stream.write("Password: ") == "Passwo")
        #expect(stream.afterSilence().isEmpty)
        #expect(stream.write("x") == "rd: x")
        #expect(stream.write("Password") == "Passwo")
        #expect(stream.afterSilence() == "rd")
        #expect(stream.write("en") == "en")
    }

    @Test func `silence does not let half of a short needle go`() {
        let redactor = Redactor()
        redactor.register("wxyz", name: "p")
        var stream = redactor.stream()
        #expect(stream.write("wx").isEmpty)
        #expect(stream.afterSilence().isEmpty)
        #expect(stream.write("!") == "wx!")
        #expect(stream.write("w").isEmpty)
        #expect(stream.afterSilence() == "w")
    }

    @Test func `at the end half a needle is masked and less is printed`() {
        let redactor = Redactor()
        redactor.register("0123456789abcdef", name: "p")
        var stream = redactor.stream()
        #expect(stream.write("v=01234567") == "v=")
        #expect(stream.atEnd() == "[REDACTED:p]")
        stream = redactor.stream()
        #expect(stream.write("v=0123456") == "v=")
        #expect(stream.atEnd() == "0123456")
    }

    @Test func `at the end half of a shorter needle inside the hold is masked`() {
        let redactor = Redactor()
        redactor.register("start-shorter-and-much-longer-than-that", name: "long")
        redactor.register("shorter-1", name: "short")
        var stream = redactor.stream()
        #expect(stream.write("start-shorter-").isEmpty)
        #expect(stream.atEnd() == "start-[REDACTED:short]")
    }

    @Test func `what is held is masked by a value registered meanwhile`() {
        let redactor = Redactor()
        redactor.register("abcdef-first-secret", name: "one")
        var stream = redactor.stream()
        var other = redactor.stream()
        #expect(stream.write("x abcdef-fi") == "x ")
        #expect(other.write("def-").isEmpty == false)
        redactor.register("def-first", name: "two")
        #expect(stream.write("rst ") == "abc[REDACTED:two] ")
        #expect(other.write("def-first ") == "[REDACTED:two] ")
    }

    @Test func `a failing sink fails the write`() {
        struct DiskFull: Error {}
        var stream = Redactor().stream()
        #expect(throws: DiskFull.self) {
            try stream.write(Array("text".utf8).span) { _ in throw DiskFull() }
        }
    }

    @Test func `memory stays bounded in a line without end`() {
        let redactor = Redactor()
        redactor.register(String(repeating: "ab", count: 1000), name: "p")
        var stream = redactor.stream()
        let piece = [UInt8](repeating: UInt8(ascii: "a"), count: 4096)
        var count = 0
        for _ in 0..<512 {
            stream.write(piece.span) { count += $0.count }
            #expect(stream.heldCount == 1)
        }
        #expect(count == 512 * 4096 - 1)
    }
}
