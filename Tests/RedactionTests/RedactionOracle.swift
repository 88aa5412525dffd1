// SPDX-License-Identifier: Apache-2.0
@testable import Redaction

/// The rules of redaction in their plainest form: every occurrence of every needle, one by one.
struct RedactionOracle {
    /// Needles with the names of their secrets.
    let needles: [(bytes: [UInt8], name: String)]

    /// What a whole text becomes when it does not end here.
    func masked(_ text: [UInt8]) -> [UInt8] {
        var names = [String?](repeating: nil, count: text.count)
        var covered = [Bool](repeating: false, count: text.count)
        for start in text.indices {
            let here = needles.filter { text[start...].starts(with: $0.bytes) }
            guard let longest = here.max(by: { $0.bytes.count < $1.bytes.count }) else { continue }
            names[start] = longest.name
            for index in start..<start + longest.bytes.count { covered[index] = true }
        }
        var output: [UInt8] = []
        for index in text.indices {
            if !covered[index] {
                output.append(text[index])
            } else if index == 0 || !covered[index - 1], let name = names[index] {
                output += Array("[REDACTED:\(name)]".utf8)
            }
        }
        return output
    }

    /// How long the longest suffix of `text` is that is a proper prefix of a needle.
    func heldCount(_ text: [UInt8]) -> Int {
        let longest = needles.map(\.bytes.count).max() ?? 0
        for count in stride(from: min(longest, text.count), to: 0, by: -1)
        where needles.contains(where: {
            $0.bytes.count > count && $0.bytes.starts(with: text.suffix(count))
        }) {
            return count
        }
        return 0
    }
}
