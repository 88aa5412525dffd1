// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Tekton

struct ResourceNameTests {
    private static let sixtyThree = String(repeating: "a", count: 63)

    @Test(arguments: [("a", true), ("a-1", true), ("-a", false), ("a-", false), ("A", false)])
    func `a label is lower case and starts and ends well`(name: String, isRight: Bool) {
        #expect(ResourceName.isLabel(name) == isRight)
    }

    @Test func `a label is no longer than 63 bytes and holds no point`() {
        #expect(ResourceName.isLabel(Self.sixtyThree))
        #expect(!ResourceName.isLabel(Self.sixtyThree + "a"))
        #expect(!ResourceName.isLabel("a.b"))
        #expect(ResourceName.isSubdomain("a.b"))
        #expect(ResourceName.isSubdomain(Self.sixtyThree + "a"))
        #expect(!ResourceName.isSubdomain("a..b"))
        #expect(!ResourceName.isSubdomain(""))
    }

    @Test(arguments: [
        ("name", 0), ("My.Name_1", 0), ("example.com/name", 0), ("/name", 1), ("a/", 2),
        ("a/b/c", 1), ("é", 1), ("Bad_Prefix/name", 1),
    ])
    func `a qualified name may have one prefix`(name: String, problems: Int) {
        #expect(ResourceName.qualifiedNameProblems(name).count == problems)
    }

    @Test(arguments: [
        ("/a/../b//c/.", "/b/c"), ("", "."), ("/", "/"), ("/..", "/"), ("a/..", "."),
        ("../a", "../a"), ("/tekton/home/../x", "/tekton/x"), ("./a", "a"),
    ])
    func `a path is cleaned as Go cleans it`(path: String, clean: String) {
        #expect(CleanPath.of(path) == clean)
    }

    @Test func `quoted text is Go's, and long text is cut`() {
        #expect(GoQuotedText.of("a\"\\\n\t\u{1}é") == "\"a\\\"\\\\\\n\\t\\x01é\"")
        #expect(GoQuotedText.of(String(repeating: "x", count: 500)).count == 163)
    }
}
