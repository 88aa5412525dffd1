// SPDX-License-Identifier: Apache-2.0

/// Where a document's events come from: libyaml, or the reader of JSON texts.
protocol YAMLEventSource: AnyObject {
    /// The next event; the last one is `streamEnd`.
    func next() throws(SyntaxError) -> YAMLEvent
}
