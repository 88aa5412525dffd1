// SPDX-License-Identifier: Apache-2.0

/// Takes the harm out of what steps print, where a terminal or a CI service would act on it.
///
/// Of a terminal's control sequences colours, cursor movements within the text and erasing pass; every other
/// escape is shown as `^[` (titles, clipboard, device queries, resets). Of a CI service's commands `##[`, `##vso[`
/// and the like, and `::` at the start of a line, get a space between. It does not matter how the bytes come cut.
///
/// Source: ECMA-48; xterm's control sequences; GitHub's and Azure's workflow commands.
struct TerminalGuard {
    /// What is longer is no sequence that passes.
    private static let longestSequence = 32

    private let guardsCommands: Bool
    /// An escape sequence that has begun, from its ESC on.
    private var held: [UInt8] = []
    /// The last two bytes let through.
    private var last: (UInt8, UInt8) = (10, 10)
    private var isAtLineStart = true
    /// How many bytes of the UTF-8 character are yet to come.
    private var continuation = 0

    /// - Parameter guardsCommands: whether a CI service reads the output.
    init(guardsCommands: Bool) {
        self.guardsCommands = guardsCommands
    }

    /// Appends what may be shown of `bytes`.
    mutating func write(_ bytes: borrowing Span<UInt8>, to output: inout [UInt8]) {
        for index in 0..<bytes.count { take(bytes[index], &output) }
    }

    /// Appends what was held back, for nothing more comes.
    mutating func finish(to output: inout [UInt8]) {
        refuseHeld(&output)
    }

    private mutating func take(_ byte: UInt8, _ output: inout [UInt8]) {
        if held.isEmpty { return begin(byte, &output) }
        held.append(byte)
        if held.count == 2 {
            if byte != UInt8(ascii: "[") { refuseHeld(&output) }
            return
        }
        switch byte {
        case 0x30...0x3b where held.count < TerminalGuard.longestSequence: break
        case 0x41...0x44, 0x47, 0x4a, 0x4b, 0x6d:
            // A B C D G: the cursor; J K: erasing; m: colours.
            output += held
            held = []
        default: refuseHeld(&output)
        }
    }

    private mutating func begin(_ byte: UInt8, _ output: inout [UInt8]) {
        if byte == 0x1b {
            held = [byte]
        } else {
            show(byte, &output)
        }
    }

    /// Shows the ESC as text, and takes what came behind it as if it stood alone.
    private mutating func refuseHeld(_ output: inout [UInt8]) {
        if held.isEmpty { return }
        let rest = held.dropFirst()
        held = []
        show(UInt8(ascii: "^"), &output)
        show(UInt8(ascii: "["), &output)
        for byte in rest { take(byte, &output) }
    }

    private mutating func show(_ byte: UInt8, _ output: inout [UInt8]) {
        switch byte {
        case 0x80...0xbf where continuation > 0:
            continuation -= 1
            // U+0080 to U+009F are controls, too: the lead byte C2 has passed, the rest must not.
            if last.1 == 0xc2, byte < 0xa0 { return put(UInt8(ascii: "?"), &output) }
        case 0x80...0x9f: return put(UInt8(ascii: "?"), &output)
        case 0xc2...0xdf: continuation = 1
        case 0xe0...0xef: continuation = 2
        case 0xf0...0xf4: continuation = 3
        case 0x00...0x07, 0x0b, 0x0c, 0x0e...0x1a, 0x1c...0x1f, 0x7f:
            continuation = 0
            return
        default: continuation = 0
        }
        if guardsCommands { separate(byte, &output) }
        put(byte, &output)
    }

    /// Puts a space where a command of a CI service would begin.
    private mutating func separate(_ byte: UInt8, _ output: inout [UInt8]) {
        let hash = UInt8(ascii: "#")
        let colon = UInt8(ascii: ":")
        let isAfterHashes = last.0 == hash && last.1 == hash
        let opens = byte == UInt8(ascii: "[") || (0x61...0x7a).contains(byte)
        if isAfterHashes && opens || isAtLineStart && last.1 == colon && byte == colon {
            put(UInt8(ascii: " "), &output)
        }
    }

    private mutating func put(_ byte: UInt8, _ output: inout [UInt8]) {
        output.append(byte)
        switch byte {
        case 0x0a, 0x0d: isAtLineStart = true
        case 0x20, 0x09: break
        case UInt8(ascii: ":") where last.1 != UInt8(ascii: ":"): break
        default: isAtLineStart = false
        }
        last = (last.1, byte)
    }
}
