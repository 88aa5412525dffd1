// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Tekton

@Suite("Names of child runs")
struct ChildNameTests {
    @Test func `the digest is that of RFC 1321`() {
        #expect(MD5.hexadecimal(of: "") == "d41d8cd98f00b204e9800998ecf8427e")
        #expect(MD5.hexadecimal(of: "message digest") == "f96b697d7cb7938d525a2f31aaf161d0")
        let digits = String(repeating: "1234567890", count: 8)
        #expect(MD5.hexadecimal(of: digits) == "57edf4a22be3c955ac49da2e2107b67a")
    }

    @Test func `a name is the run's and the task's, hashed where that would be too long`() {
        #expect(ChildName.runs(of: "build", in: "p", count: 1) == ["p-build"])
        #expect(ChildName.runs(of: "build", in: "p", count: 2) == ["p-build-0", "p-build-1"])
        let run = "pipelinerun-with-taskspec-to-echo-good-morning"
        #expect(
            ChildName.of(run, "-echo-good-morning")
                == "pipelinerun-w751a71d69f8b700dfb9682b9f58363d2-echo-good-morning"
        )
    }

    @Test func `no name is longer than 63 bytes, and a matrix's numbers stay at their ends`() {
        let task = String(repeating: "t", count: 50)
        let names = ChildName.runs(of: task, in: String(repeating: "r", count: 40), count: 12)
        #expect(names.allSatisfy { $0.utf8.count <= 63 })
        #expect(Set(names).count == 12)
        #expect(names.enumerated().allSatisfy { $0.element.hasSuffix("-\($0.offset)") })
    }
}
