// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import RunRecords

/// The heads of the chains as `--export-head` prints them: JSON Lines of `run`, `lines` and `code`.
enum ExportedHeads {
    static func line(_ run: RunIdentifier, _ head: TrailHead) -> JSONLine {
        var line = JSONLine()
        line.add("run", run.text)
        line.add("lines", head.lineCount)
        line.add("code", head.code.description)
        line.finish()
        return line
    }

    /// Reads them back; `nil` when a line is none.
    static func read(_ bytes: [UInt8]) -> [RunIdentifier: TrailHead]? {
        var heads: [RunIdentifier: TrailHead] = [:]
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            guard let value = try? JSONValue.parse(Array(line)),
                let run = RunIdentifier(value["run"]?.string ?? ""),
                case .number(let number)? = value["lines"], let count = Int(number),
                let code = TrailCode(hexadecimal: (value["code"]?.string ?? "").utf8)
            else { return nil }
            heads[run] = TrailHead(lineCount: count, code: code)
        }
        return heads.isEmpty ? nil : heads
    }
}
