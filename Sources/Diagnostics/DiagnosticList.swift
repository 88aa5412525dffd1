// SPDX-License-Identifier: Apache-2.0

/// Collects what is wrong with everything that was read, each problem once.
package struct DiagnosticList: Sendable {
    private var items: [Diagnostic] = []
    private var known: Set<Diagnostic> = []

    package init() {}

    package init(_ diagnostics: some Sequence<Diagnostic>) {
        add(diagnostics)
    }

    /// Adds a diagnostic, unless the same one is there already.
    package mutating func add(_ diagnostic: Diagnostic) {
        if known.insert(diagnostic).inserted { items.append(diagnostic) }
    }

    /// Adds every diagnostic that is not there already.
    package mutating func add(_ diagnostics: some Sequence<Diagnostic>) {
        for diagnostic in diagnostics { add(diagnostic) }
    }

    package var isEmpty: Bool { items.isEmpty }

    /// Whether there is more than warnings.
    package var hasErrors: Bool { items.contains { $0.severity == .error } }

    /// In the order of reading: those without a place first, then file by file as they first appeared,
    /// by line and column within a file.
    package var ordered: [Diagnostic] {
        var fileOrder: [String: Int] = [:]
        for case let location? in items.map(\.location) where fileOrder[location.file] == nil {
            fileOrder[location.file] = fileOrder.count
        }
        let keyed = items.enumerated().map { index, item in
            let place = item.location.map { location in
                (fileOrder[location.file] ?? 0, location.line, location.column)
            }
            return (place: place ?? (-1, 0, 0), index: index, item: item)
        }
        return keyed.sorted {
            ($0.place.0, $0.place.1, $0.place.2, $0.index)
                < ($1.place.0, $1.place.1, $1.place.2, $1.index)
        }.map(\.item)
    }
}
