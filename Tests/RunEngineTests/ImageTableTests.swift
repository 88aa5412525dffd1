// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import RunEngine

@Suite("Image table")
struct ImageTableTests {
    @Test(arguments: [
        ("busybox", "sh"), ("docker.io/library/busybox:1.36", "sh"),
        ("mirror.example/ubuntu@sha256:0d39", "/bin/bash"), ("localhost:5000/alpine/git:v2", "git"),
        ("ghcr.io/tektoncd/pipeline/nop-8eac7c13@sha256:5a58", "true"),
    ])
    func `an image is found whatever registry, tag or digest it has`(
        image: String,
        program: String
    ) {
        #expect(ImageTable.builtIn.entry(for: image)?.entrypoint.first == program)
    }

    @Test func `an unknown image has no entry`() {
        #expect(ImageTable.builtIn.entry(for: "example.com/team/tool:1") == nil)
    }

    @Test func `a star does not match a slash`() {
        let table = ImageTable(entries: [.init(pattern: "a/*", entrypoint: ["x"])])
        #expect(table.entry(for: "a/b") != nil)
        #expect(table.entry(for: "a/b/c") == nil)
    }
}
