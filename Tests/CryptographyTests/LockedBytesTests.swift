// SPDX-License-Identifier: Apache-2.0
import Cryptography
import Testing

/// The content, copied out: what no code but a test does.
func copy(_ locked: borrowing LockedBytes) -> [UInt8] {
    locked.withBytes { bytes in bytes.indices.map { bytes[$0] } }
}

func locked(_ text: String) throws -> LockedBytes {
    try LockedBytes(copying: Array(text.utf8).span)
}

struct LockedBytesTests {
    @Test func `it holds what it was given`() throws {
        let value = try locked("s3cret")
        #expect(value.count == 6)
        let content = copy(value)
        #expect(content == Array("s3cret".utf8))
    }

    @Test func `it may be empty`() throws {
        let value = try locked("")
        #expect(value.count == 0)
        let content = copy(value)
        #expect(content.isEmpty)
    }

    @Test func `two pieces are joined in order`() throws {
        let joined = copy(try LockedBytes(joining: try locked("ab"), try locked("cd")))
        #expect(joined == Array("abcd".utf8))
    }

    @Test(arguments: [("a", "a", true), ("a", "b", false), ("a", "ab", false), ("", "", true)])
    func `equality is of bytes and lengths`(left: String, right: String, equal: Bool) throws {
        let first = try locked(left)
        let second = try locked(right)
        let areEqual = first.isEqual(to: second)
        #expect(areEqual == equal)
    }

    @Test func `a buffer grows and keeps what it holds`() throws {
        var buffer = try LockedWriter(capacity: 0)
        var expected: [UInt8] = []
        for round in 0..<300 {
            let byte = UInt8(truncatingIfNeeded: round)
            try buffer.append(byte)
            try buffer.append([byte, 7].span)
            expected += [byte, byte, 7]
        }
        buffer.removeLast(1)
        let content = copy(buffer.finish())
        #expect(content == Array(expected.dropLast()))
    }

    @Test func `what was filled in before an error stays`() throws {
        struct Stop: Error {}
        var buffer = try LockedWriter(capacity: 8)
        #expect(throws: Stop.self) {
            try buffer.fill { output throws(Stop) in
                output.append(1)
                throw Stop()
            }
        }
        #expect(buffer.count == 1)
        buffer.fill { output in output.append(2) }
        let content = copy(buffer.finish())
        #expect(content == [1, 2])
    }
}
