// SPDX-License-Identifier: Apache-2.0
internal import Diagnostics
internal import Platform
internal import Secrets

/// `tacit secret list`: what the embedded store holds, without the values.
struct SecretListCommand: Command {
    let name = "secret list"
    let summary = "list what the embedded store holds, never the values"
    let details = """
        One line for each secret: its name, its version (which counts changes), when it
        was last changed, and its keys with the sizes of their values.
        """

    func run(_ arguments: Arguments, _ context: CommandContext) async throws -> ExitCode {
        let store = try context.embeddedStore()
        let listing = try await context.withStore { try store.list() }
        if listing.isEmpty {
            context.terminal.note("the embedded store is empty; `tacit secret set` fills it")
            return .success
        }
        let rows = listing.map { entry in
            let keys = entry.keys.map { "\($0.name) (\($0.byteCount) bytes)" }
            return [
                PrintableText.escape(entry.name), String(entry.version), entry.changed.seconds,
                PrintableText.escape(keys.joined(separator: ", ")),
            ]
        }
        context.terminal.write(Self.table([["NAME", "VERSION", "CHANGED", "KEYS"]] + rows))
        return .success
    }

    /// Columns as wide as their widest cell, three spaces apart, the last one ragged.
    private static func table(_ rows: [[String]]) -> String {
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = row.indices.map { column in
                let gap = widths[column] - row[column].count
                return column == row.count - 1
                    ? row[column] : row[column] + String(repeating: " ", count: gap)
            }
            return cells.joined(separator: "   ") + "\n"
        }.joined()
    }
}
