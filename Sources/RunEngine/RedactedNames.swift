// SPDX-License-Identifier: Apache-2.0
internal import Redaction

/// Remembers how names that come again and again look redacted.
struct RedactedNames {
    /// However many programs a run starts, this many are remembered.
    private static let capacity = 256

    private let redactor: Redactor
    /// What the redactor knew when the names were redacted.
    private var generation = 0
    private var names: [String: String] = [:]

    init(redactor: Redactor) {
        self.redactor = redactor
    }

    mutating func redacted(_ name: String) -> String {
        let current = redactor.generation
        if generation != current || names.count > Self.capacity {
            names = [:]
            generation = current
        }
        if let known = names[name] { return known }
        let redacted = redactor.redact(name)
        names[name] = redacted
        return redacted
    }
}
