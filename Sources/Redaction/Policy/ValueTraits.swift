// SPDX-License-Identifier: Apache-2.0

/// What a value contains that some encoders write differently.
struct ValueTraits {
    /// Nothing but letters, digits and `-._`: most encoders leave it as it is.
    private(set) var isPlain = true
    /// Control characters other than tab and line ends, or anything but ASCII.
    private(set) var hasSpecials = false
    private(set) var hasNonASCII = false
    private(set) var hasLines = false
    /// Whether a line is too short to be a secret of its own.
    private(set) var hasShortLine = false

    init(_ value: Span<UInt8>) {
        let plain = ByteSet.alphanumeric.union("-._")
        for index in value.indices where !plain.contains(value[index]) {
            let byte = value[index]
            isPlain = false
            if byte >= 0x80 { hasNonASCII = true }
            let isUsualControl = byte == 0x09 || byte == 0x0A || byte == 0x0D
            if byte >= 0x7F || byte < 0x20 && !isUsualControl { hasSpecials = true }
            if byte == 0x0A { hasLines = true }
        }
        if !hasLines { return }
        var isShort = false
        NeedlePolicy.forEachLine(of: value, in: value.indices) { line in
            let count = NeedlePolicy.trimmed(value, line).count
            if count > 0, count < NeedlePolicy.shortestLine { isShort = true }
        }
        hasShortLine = isShort
    }
}
