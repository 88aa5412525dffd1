// SPDX-License-Identifier: Apache-2.0

/// What `tacit run` writes to standard output.
package enum OutputFormat: String, Sendable, CaseIterable {
    /// The steps' output, each line with its step.
    case text
    /// The finished object, as one JSON document; the steps' output goes to standard error.
    case json
    /// The finished object, as one YAML document; the steps' output goes to standard error.
    case yaml
    /// What happens, as JSON Lines, while it happens.
    case events
}
