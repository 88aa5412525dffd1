// SPDX-License-Identifier: Apache-2.0

/// The rules of redaction in their plainest form: every needle at every place.
///
/// Quadratic, obviously right.
struct NaiveRedaction {
    /// In the order of their names: the first is `n0`.
    let needles: [[UInt8]]

    /// What becomes of a text that goes on with something no needle has.
    func masked(_ text: [UInt8]) -> [UInt8] {
        var covered = [Bool](repeating: false, count: text.count)
        var longest = [Int](repeating: -1, count: text.count)
        for start in text.indices {
            for (place, needle) in needles.enumerated()
            where text[start...].starts(with: needle) {
                for index in start..<start + needle.count { covered[index] = true }
                if longest[start] < 0 || needles[longest[start]].count < needle.count {
                    longest[start] = place
                }
            }
        }
        var output: [UInt8] = []
        for index in text.indices {
            if !covered[index] {
                output.append(text[index])
            } else if index == 0 || !covered[index - 1] {
                output += Array("[REDACTED:n\(longest[index])]".utf8)
            }
        }
        return output
    }
}
