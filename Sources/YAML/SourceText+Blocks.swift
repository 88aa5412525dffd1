// SPDX-License-Identifier: Apache-2.0
import Diagnostics

extension SourceText {
    /// Where the lines of a block scalar stand, as libyaml does not tell.
    ///
    /// `text` is the scalar's; `offset` is the byte at which it starts, its anchor and tag included.
    ///
    /// - Returns: `nil` when the text holds blank lines only, which stand nowhere in particular.
    func block(of text: String, isLiteral: Bool, from offset: Int) -> YAMLScalar.Block? {
        let indicator = UInt8(ascii: isLiteral ? "|" : ">")
        guard let header = bytes[offset...].firstIndex(of: indicator),
            let headerEnd = bytes[header...].firstIndex(of: 0x0a)
        else { return nil }
        var line = headerEnd + 1
        while let end = bytes[line...].firstIndex(of: 0x0a), isBlank(bytes[line..<end]) {
            line = end + 1
        }
        let shown = bytes[line...].prefix { $0 == 0x20 }.count
        let lines = text.utf8.split(separator: 0x0a, omittingEmptySubsequences: false)
        guard let first = lines.first(where: { !isBlank($0) }) else { return nil }
        return YAMLScalar.Block(
            isLiteral: isLiteral,
            firstLine: location(ofByte: header).line + 1,
            indentation: max(0, shown - first.prefix { $0 == 0x20 }.count)
        )
    }

    private func isBlank(_ line: some Sequence<UInt8>) -> Bool {
        line.allSatisfy { $0 == 0x20 || $0 == 0x0d }
    }
}
