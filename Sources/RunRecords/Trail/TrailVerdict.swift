// SPDX-License-Identifier: Apache-2.0

/// What came of checking one run's event file against its chain and its head.
package struct TrailVerdict: Sendable {
    package var run: RunIdentifier
    /// How many lines the file has.
    package var lineCount = 0
    /// What the file itself comes to: its lines and the last one's code.
    package var end: TrailHead?
    /// Nothing is wrong when there are none; at most `TrailVerifier.breakLimit`.
    package var breaks: [TrailBreak] = []
    /// Whether the run was removed on purpose, and its events with it.
    package var isRemoved = false

    package var isIntact: Bool { breaks.isEmpty }

    init(_ run: RunIdentifier) {
        self.run = run
    }
}
