// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// Takes `::add-mask::VALUE` lines out of a step's output before anything of it is shown.
///
/// A line that begins with the command, blanks aside, is left out whole, and its value is handed on. A shell's
/// trace of such a line (`+ echo ::add-mask::VALUE`) is shown up to the value. The outcome does not depend
/// on how the output was cut; at most the command's 12 bytes of what is ordinary output are held back.
package struct MaskCommandReader: ~Copyable {
    static let command = Array("::add-mask::".utf8)
    /// More of a value is not kept: what there is becomes the value, and the rest of its line is left out.
    static let longestValue = 65536
    private static let hidden = Array("[REDACTED]".utf8)

    private enum State: Equatable {
        /// Only blanks since the line began.
        case lineStart
        /// So many bytes of the command stand at the line's start; so many of them were shown.
        case matching(Int, shown: Int)
        /// The line holds no command.
        case line
        /// The line is a shell's trace, and ends in so many bytes of the command.
        case trace(Int)
        /// The command is complete; what comes is its value.
        case value
        /// The rest of the line is left out.
        case skipped
    }

    private var state = State.lineStart
    private var value = LockedBuffer.forSecrets()

    /// Starts at the beginning of a stream.
    package init() {}

    /// How many bytes are held back that may be ordinary output.
    package var heldCount: Int {
        if case .matching(let count, let shown) = state { count - shown } else { 0 }
    }

    /// Takes the next bytes.
    ///
    /// - Parameters:
    ///   - bytes: what a step wrote.
    ///   - register: gets a value, before what follows it is passed on.
    ///   - pass: gets what is ordinary output, in order.
    /// - Throws: what `register` or `pass` threw.
    package mutating func write<Failure: Error>(
        _ bytes: Span<UInt8>,
        registering register: (Span<UInt8>) throws(Failure) -> Void,
        passing pass: (Span<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        var place = 0
        while place < bytes.count {
            switch state {
            case .value: place = try takeValue(bytes, from: place, register)
            case .skipped:
                guard let end = ByteSearch.first(0x0A, in: bytes, from: place) else { return }
                try pass([0x0A].span)
                state = .lineStart
                place = end + 1
            case .matching, .trace: place = try match(bytes, at: place, pass)
            case .lineStart, .line: place = try passOrdinary(bytes, from: place, pass)
            }
        }
    }

    /// After a silence: shows what is held, so that a prompt appears; a command is still seen.
    package mutating func releaseAfterSilence<Failure: Error>(
        to pass: (Span<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        guard case .matching(let count, let shown) = state, shown < count else { return }
        try pass(Self.command.span.extracting(shown..<count))
        state = .matching(count, shown: count)
    }

    /// The stream has ended: a value without a line end counts, too.
    package mutating func finish<Failure: Error>(
        registering register: (Span<UInt8>) throws(Failure) -> Void,
        passing pass: (Span<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        try releaseAfterSilence(to: pass)
        if state == .value { try hand(over: register) }
        state = .lineStart
    }
}

extension MaskCommandReader {
    /// Passes bytes up to the next command; returns the place behind what was looked at.
    private mutating func passOrdinary<Failure: Error>(
        _ bytes: Span<UInt8>,
        from start: Int,
        _ pass: (Span<UInt8>) throws(Failure) -> Void
    ) throws(Failure) -> Int {
        var searched = start
        while let found = firstMaskCommand(in: bytes, from: searched) {
            let begin = lineStart(in: bytes, start..<found)
            let first = begin ?? start
            let isAtStart = begin != nil || state == .lineStart
            if isAtStart, bytes.extracting(first..<found).isBlank {
                if start < found { try pass(bytes.extracting(start..<found)) }
                state = .value
                return found + Self.command.count
            }
            if isAtStart, Self.isTrace(bytes, first) {
                try pass(bytes.extracting(start..<found + Self.command.count))
                try pass(Self.hidden.span)
                state = .skipped
                return found + Self.command.count
            }
            searched = found + Self.command.count
        }
        try passTail(bytes, from: start, pass)
        return bytes.count
    }

    /// Passes bytes without a complete command, and notes what their last line may become.
    private mutating func passTail<Failure: Error>(
        _ bytes: Span<UInt8>,
        from start: Int,
        _ pass: (Span<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        let begin = lineStart(in: bytes, start..<bytes.count)
        if begin != nil { state = .lineStart }
        let first = begin ?? start
        var end = bytes.count
        if state == .lineStart {
            var place = first
            while place < bytes.count, Self.isBlank(bytes[place]) { place += 1 }
            let rest = bytes.extracting(place...)
            if Self.isTrace(bytes, first) {
                state = .trace(Self.openCount(rest))
            } else if rest.count > 0 {
                let isOpen =
                    rest.count < Self.command.count
                    && commonPrefixCount(rest, Self.command.span) == rest.count
                state = isOpen ? .matching(rest.count, shown: 0) : .line
                if isOpen { end = place }
            }
        }
        if start < end { try pass(bytes.extracting(start..<end)) }
    }

    /// Goes on with a command, or a trace, that an earlier write has begun.
    private mutating func match<Failure: Error>(
        _ bytes: Span<UInt8>,
        at place: Int,
        _ pass: (Span<UInt8>) throws(Failure) -> Void
    ) throws(Failure) -> Int {
        if case .trace(let count) = state {
            return try followTrace(bytes, from: place, count, pass)
        }
        guard case .matching(let count, let shown) = state else { return place }
        if bytes[place] == Self.command[count] {
            let isWhole = count + 1 == Self.command.count
            state = isWhole ? .value : .matching(count + 1, shown: shown)
            return place + 1
        }
        state = .line
        if shown < count { try pass(Self.command.span.extracting(shown..<count)) }
        return place
    }

    private mutating func followTrace<Failure: Error>(
        _ bytes: Span<UInt8>,
        from start: Int,
        _ matched: Int,
        _ pass: (Span<UInt8>) throws(Failure) -> Void
    ) throws(Failure) -> Int {
        var count = matched
        var place = start
        while place < bytes.count, count < Self.command.count, bytes[place] != 0x0A {
            count = Self.count(after: count, bytes[place])
            place += 1
        }
        let isWhole = count == Self.command.count
        state = isWhole ? .skipped : place < bytes.count ? .line : .trace(count)
        if start < place { try pass(bytes.extracting(start..<place)) }
        if isWhole { try pass(Self.hidden.span) }
        return place
    }

    /// How much of the command a text ends in that ended in `count` bytes of it before `byte`.
    private static func count(after count: Int, _ byte: UInt8) -> Int {
        if byte == command[count] { return count + 1 }
        // The command's only border is `::`, and within it `:`.
        if byte == command[0] { return count == 2 ? 2 : 1 }
        return 0
    }

    private static func openCount(_ text: Span<UInt8>) -> Int {
        var count = 0
        for index in text.indices { count = self.count(after: count, text[index]) }
        return count
    }

    /// Whether the line that begins at `start`, blanks aside, is one that a shell's `set -x` prints.
    private static func isTrace(_ bytes: Span<UInt8>, _ start: Int) -> Bool {
        var start = start
        while start < bytes.count, isBlank(bytes[start]) { start += 1 }
        return start < bytes.count && bytes[start] == UInt8(ascii: "+")
    }

    fileprivate static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    /// Where the last line that begins in `range` begins; `nil` when none does.
    private func lineStart(in bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
        ByteSearch.last(0x0A, in: bytes.extracting(range)).map { range.lowerBound + $0 + 1 }
    }
}

extension MaskCommandReader {
    private mutating func takeValue<Failure: Error>(
        _ bytes: Span<UInt8>,
        from start: Int,
        _ register: (Span<UInt8>) throws(Failure) -> Void
    ) throws(Failure) -> Int {
        let end = ByteSearch.first(0x0A, in: bytes, from: start)
        let room = Self.longestValue - value.count
        let taken = min((end ?? bytes.count) - start, room)
        value.append(bytes.extracting(start..<start + taken))
        if let end, end == start + taken {
            try hand(over: register)
            state = .lineStart
            return end + 1
        }
        if taken == room {
            try hand(over: register)
            state = .skipped
        }
        return start + taken
    }

    /// Hands the value over: as it is, and with `%25`, `%0D` and `%0A` read as GitHub's runner reads them.
    private mutating func hand<Failure: Error>(
        over register: (Span<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        var decoded = LockedBuffer.forSecrets()
        let count = value.count
        try value.withBytes { bytes throws(Failure) in
            try register(bytes)
            var index = 0
            while index < count {
                let isEscape = index + 2 < count && bytes[index] == UInt8(ascii: "%")
                let escaped = isEscape ? Self.unescaped(bytes[index + 1], bytes[index + 2]) : nil
                decoded.append(escaped ?? bytes[index])
                index += escaped == nil ? 1 : 3
            }
        }
        value.truncate(to: 0)
        if decoded.count < count { try decoded.withBytes(register) }
    }

    private static func unescaped(_ high: UInt8, _ low: UInt8) -> UInt8? {
        switch (high, low | 0x20) {
        case (UInt8(ascii: "2"), UInt8(ascii: "5")): UInt8(ascii: "%")
        case (UInt8(ascii: "0"), UInt8(ascii: "d")): 0x0D
        case (UInt8(ascii: "0"), UInt8(ascii: "a")): 0x0A
        default: nil
        }
    }
}

extension Span<UInt8> {
    /// Whether there is nothing but spaces and tabs.
    fileprivate var isBlank: Bool { indices.allSatisfy { MaskCommandReader.isBlank(self[$0]) } }
}
