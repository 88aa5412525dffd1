// SPDX-License-Identifier: Apache-2.0
import Cryptography
import Sandbox
import Testing

@testable import RunEngine

@Suite("Expansion of $(NAME)")
struct VariableExpansionTests {
    private func expand(_ text: String, _ variables: [String: StepWorld.Text]) throws -> String? {
        switch try VariableExpansion.expand(text, variables) {
        case .plain(let text): text
        case .secret: nil
        }
    }

    @Test(arguments: [
        ("$(A)", "1"), ("x$(A)y$(B)", "x1y$(B)"), ("$$(A)", "$(A)"), ("$$$(A)", "$1"), ("$A", "$A"),
        ("$(A", "$(A"), ("$", "$"), ("", ""), ("$$", "$"),
    ])
    func `references expand as the kubelet's do`(text: String, expected: String) throws {
        #expect(try expand(text, ["A": .plain("1")]) == expected)
    }

    @Test func `values are not scanned again`() throws {
        #expect(try expand("$(A)", ["A": .plain("$(B)"), "B": .plain("2")]) == "$(B)")
    }

    @Test func `what a secret goes into is secret as a whole`() throws {
        #expect(SecureHeap.open() != .unavailable)
        let secret = SharedLockedBytes(try LockedBytes(copying: Array("s3cret".utf8).span))
        let expanded = try VariableExpansion.expand("a:$(S):b", ["S": .secret(secret)])
        guard case .secret(let shared) = expanded else {
            Issue.record("the outcome is plain")
            return
        }
        let text = shared.bytes.withBytes { bytes in
            String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
        }
        #expect(text == "a:s3cret:b")
    }
}
