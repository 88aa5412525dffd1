// SPDX-License-Identifier: Apache-2.0

/// A version as a hub numbers its packages.
struct HubVersion: Sendable, Comparable {
    /// As it stands in the hub's answer, without a `v`.
    var text: String
    private var numbers: [Int]
    private var prerelease: String

    /// `nil` for what is no version.
    init?(_ text: String) {
        let plain = text.hasPrefix("v") ? String(text.dropFirst()) : text
        let core = plain.prefix { $0 != "-" && $0 != "+" }
        let parts = core.split(separator: ".", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { part in
            part.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(part) : nil
        }
        guard !numbers.isEmpty, numbers.count == parts.count else { return nil }
        self.text = plain
        self.numbers = numbers + Array(repeating: 0, count: max(0, 3 - numbers.count))
        let rest = plain.dropFirst(core.count)
        prerelease = rest.hasPrefix("-") ? String(rest.dropFirst().prefix { $0 != "+" }) : ""
    }

    var isPrerelease: Bool { !prerelease.isEmpty }

    static func == (left: HubVersion, right: HubVersion) -> Bool {
        !(left < right) && !(right < left)
    }

    static func < (left: HubVersion, right: HubVersion) -> Bool {
        let count = max(left.numbers.count, right.numbers.count)
        for index in 0..<count {
            let pair = [left, right].map {
                $0.numbers.indices.contains(index) ? $0.numbers[index] : 0
            }
            if pair[0] != pair[1] { return pair[0] < pair[1] }
        }
        // What comes before a release sorts before it.
        if left.prerelease.isEmpty || right.prerelease.isEmpty {
            return !left.prerelease.isEmpty && right.prerelease.isEmpty
        }
        return left.prerelease < right.prerelease
    }

    /// Whether `other` is at least this version and of the series that `~>` means.
    func isPessimisticBound(of other: HubVersion, parts: Int) -> Bool {
        guard !(other < self) else { return false }
        return zip(numbers, other.numbers).prefix(max(parts - 1, 1)).allSatisfy { $0 == $1 }
    }
}
