// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// Asks for a history of limited depth, which libgit2 1.5 cannot: adds the one line to its request and takes
/// the answer to it out of the response.
///
/// The lines are those of gitprotocol-pack(5): `deepen N` before the first flush of the request, then
/// `shallow ID` lines and a flush before everything else of the answer.
struct ShallowNegotiation {
    /// `nil` for a history that goes on where it was cut before.
    let depth: Int?
    /// Where it was cut before; the server must know.
    let known: [ObjectID]
    /// The commits whose parents were left out.
    private(set) var boundary: [ObjectID] = []
    /// What was read of the answer and belongs to the rest of it.
    private var held: [UInt8] = []
    private var isDone = false

    init(depth: Int?, known: [ObjectID] = []) {
        self.depth = depth
        self.known = known
    }

    /// The commits at which the history of a repository, given by its own directory, is cut.
    static func boundary(of directory: String) -> [ObjectID] {
        guard let file = try? FileDescriptor.open("\(directory)/shallow"),
            let bytes = try? file.readToEnd(limit: 1 << 24)
        else { return [] }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
            .compactMap { ObjectID($0) }
    }

    /// The request with the line added.
    mutating func extend(_ request: [UInt8]) -> [UInt8] {
        isDone = false
        var position = 0
        while let length = Self.length(request, at: position), length >= 4 {
            position += length
        }
        guard Self.length(request, at: position) == 0 else { return request }
        var lines = known.map { "shallow \($0)\n" }
        if let depth { lines.append("deepen \(depth)\n") }
        let packets = lines.map { line in
            let hex = String(line.utf8.count + 4, radix: 16)
            return String(repeating: "0", count: 4 - hex.count) + hex + line
        }.joined()
        return request[..<position] + Array(packets.utf8) + request[position...]
    }

    /// Passes a piece of the answer on, without the section that belongs to the depth.
    mutating func filter(_ piece: some Sequence<UInt8>) -> [UInt8] {
        if isDone || depth == nil { return Array(piece) }
        held += piece
        var position = 0
        while let length = Self.length(held, at: position) {
            if length == 0 {
                isDone = true
                position += 4
                break
            }
            if length < 4 { isDone = true }
            if isDone || held.count < position + length { break }
            let line = String(decoding: held[position + 4..<position + length], as: UTF8.self)
            let words = line.split(whereSeparator: { $0 == " " || $0 == "\n" })
            guard words.count == 2, words[0] == "shallow" || words[0] == "unshallow" else {
                // Something else: an error of the server's, for libgit2 to read.
                isDone = true
                break
            }
            if words[0] == "shallow", let id = ObjectID(words[1]) { boundary.append(id) }
            position += length
        }
        let rest = Array(held[position...])
        if isDone {
            held = []
            return rest
        }
        held = rest
        return []
    }

    /// What the packet at `position` says of its length; 0 for a flush, `nil` where there is no packet yet.
    private static func length(_ bytes: [UInt8], at position: Int) -> Int? {
        guard bytes.count >= position + 4 else { return nil }
        let digits = String(decoding: bytes[position..<position + 4], as: UTF8.self)
        return Int(digits, radix: 16)
    }
}
