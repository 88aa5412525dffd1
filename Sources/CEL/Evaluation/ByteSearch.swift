// SPDX-License-Identifier: Apache-2.0

/// Looks for bytes within bytes.
enum ByteSearch {
    /// Whether one holds the other, in linear time (Knuth, Morris and Pratt).
    static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
        if part.isEmpty { return true }
        var borders = [0]
        for byte in part.dropFirst() {
            var border = borders[borders.count - 1]
            while border > 0, part[border] != byte { border = borders[border - 1] }
            borders.append(part[border] == byte ? border + 1 : border)
        }
        var matched = 0
        for byte in text {
            while matched > 0, part[matched] != byte { matched = borders[matched - 1] }
            if part[matched] == byte { matched += 1 }
            if matched == part.count { return true }
        }
        return false
    }
}
