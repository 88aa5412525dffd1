// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import YAML

/// Reads a YAML document that stands in a string of another one, and says where in the file it stands.
///
/// Exact for a literal block (`|`) and for a string of one line. A folded or quoted text of several lines
/// does not tell where its lines come from: everything in it stands where the string starts.
struct EmbeddedYAML {
    private let scalar: YAMLScalar
    private let start: SourceLocation

    /// The document in `node`'s text; `nil` when there is none, which is noted unless the text is empty.
    static func parse(_ node: YAMLNode, path: String, _ findings: Findings) -> YAMLNode? {
        guard let scalar = node.scalar else { return nil }
        let text = EmbeddedYAML(scalar: scalar, start: node.location)
        let parsed = YAMLParser.parse(Array(scalar.text.utf8), file: node.location.file)
        for diagnostic in parsed.diagnostics {
            findings.add(text.relocate(diagnostic, path: path))
        }
        if parsed.documents.count > 1 {
            findings.error(
                at: text.relocate(parsed.documents[1].location),
                path: path,
                "the text holds more than one YAML document; providers read the first only",
                hint: "join them into one"
            )
        }
        return parsed.documents.first.map(text.relocate)
    }

    private func relocate(_ location: SourceLocation) -> SourceLocation {
        var outer = start
        if let block = scalar.block, block.isLiteral {
            outer.line = block.firstLine + location.line - 1
            outer.column = block.indentation + location.column
        } else if scalar.block == nil, !scalar.text.utf8.contains(UInt8(ascii: "\n")) {
            // The parser ends every text with a line feed, so an early end stands on a second line.
            let column = location.line == 1 ? location.column : scalar.text.utf8.count + 1
            outer.column += column - 1 + (scalar.isPlain ? 0 : 1)
        }
        return outer
    }

    private var isExact: Bool {
        scalar.block?.isLiteral ?? !scalar.text.utf8.contains(UInt8(ascii: "\n"))
    }

    private func relocate(_ diagnostic: Diagnostic, path: String) -> Diagnostic {
        var outer = diagnostic
        outer.path = path
        guard let location = diagnostic.location else { return outer }
        outer.location = relocate(location)
        if isExact {
            outer.message = relocatePlaces(in: diagnostic.message)
        } else {
            outer.message += " (in line \(location.line) of the text that starts here)"
        }
        return outer
    }

    /// The parser's messages name further places (`first at line 1, column 3`), in the text's own lines.
    private func relocatePlaces(in message: String) -> String {
        message.replacing(/line ([0-9]+), column ([0-9]+)/) { match in
            guard let line = Int(match.1), let column = Int(match.2) else {
                return String(match.0)
            }
            let outer = relocate(SourceLocation(file: start.file, line: line, column: column))
            return "line \(outer.line), column \(outer.column)"
        }
    }

    private func relocate(_ node: YAMLNode) -> YAMLNode {
        var outer = YAMLNode(at: relocate(node.location), node.content)
        switch node.content {
        case .scalar(var inner):
            inner.block = relocate(inner.block)
            outer.content = .scalar(inner)
        case .sequence(let elements):
            outer.content = .sequence(elements.map(relocate))
        case .mapping(let entries):
            outer.content = .mapping(
                entries.map { YAMLNode.Entry(key: relocate($0.key), value: relocate($0.value)) }
            )
        }
        return outer
    }

    private func relocate(_ block: YAMLScalar.Block?) -> YAMLScalar.Block? {
        guard var block else { return nil }
        guard let own = scalar.block, own.isLiteral else {
            // Its lines cannot be found, so it must not claim that they can.
            block.isLiteral = false
            return block
        }
        block.firstLine += own.firstLine - 1
        block.indentation += own.indentation
        return block
    }
}
