// SPDX-License-Identifier: Apache-2.0

extension Double {
    /// The number with at most `places` digits behind the point.
    func rounded(to places: Int) -> String {
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        let text = String((self * scale).rounded() / scale)
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
