// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import Testing

@Suite struct DiagnosticListTests {
    private func at(_ file: String, _ line: Int, _ column: Int) -> Diagnostic {
        Diagnostic(
            at: SourceLocation(file: file, line: line, column: column),
            "\(file)\(line)\(column)"
        )
    }

    @Test func `diagnostics come file by file and by place`() {
        var list = DiagnosticList([at("b", 2, 1), at("a", 9, 9), at("b", 1, 7), at("b", 1, 3)])
        list.add(Diagnostic(.error, "nowhere"))
        #expect(list.ordered.map(\.message) == ["nowhere", "b13", "b17", "b21", "a99"])
    }

    @Test func `the same problem is said once`() {
        let list = DiagnosticList([at("a", 1, 1), at("a", 1, 1), at("a", 1, 2)])
        #expect(list.ordered.count == 2)
    }

    @Test func `warnings are no errors`() {
        var list = DiagnosticList([Diagnostic(.warning, "odd")])
        #expect(!list.hasErrors && !list.isEmpty)
        list.add(Diagnostic(.error, "wrong"))
        #expect(list.hasErrors)
        #expect(DiagnosticList().isEmpty)
    }
}
