// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import Testing

@Suite struct NearMissTests {
    @Test(arguments: [
        ("vesion", "version"), ("versoin", "version"), ("Version", "version"), ("stepz", "steps"),
        ("hepl", "help"), ("ur", "url"), ("descripton", "description"),
    ])
    func `a slip is recognised`(name: String, meant: String) {
        let known = ["steps", "url", "help", "description", "version"]
        #expect(NearMiss.suggestion(for: name, among: known) == meant)
    }

    @Test(arguments: ["frobnicate", "", "s", "xyz", String(repeating: "v", count: 5000)])
    func `what is like nothing gets no suggestion`(name: String) {
        #expect(NearMiss.suggestion(for: name, among: ["steps", "url", "version", ""]) == nil)
    }

    @Test func `the nearest wins, the first of equals`() {
        #expect(NearMiss.suggestion(for: "abcd", among: ["abxy", "abcx", "abcy"]) == "abcx")
        #expect(NearMiss.hint(for: "abcx", among: ["abcd"]) == "did you mean `abcd`?")
    }
}
