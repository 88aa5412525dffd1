// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing

@testable import Redaction

@Suite(.enabled(if: !LeakCorpus.cases.isEmpty, SharedCorpus.need))
struct LeakCorpusTests {
    @Test(arguments: LeakCorpus.cases("must"))
    func `no secret leaves in any form that must be caught`(_ leak: LeakCorpus.Case) {
        #expect(leak.faults.isEmpty, "\(leak.kind): \(leak.note)")
    }

    @Test(arguments: LeakCorpus.cases("guard"))
    func `what is no secret passes byte for byte`(_ leak: LeakCorpus.Case) {
        #expect(leak.faults.isEmpty, "\(leak.kind): \(leak.note)")
    }

    @Test(arguments: LeakCorpus.cases("policy"))
    func `very short secrets are treated by the rules`(_ leak: LeakCorpus.Case) {
        #expect(leak.faults.isEmpty, "\(leak.kind): \(leak.note)")
    }

    @Test func `of the forms that need not be caught more than half are`() {
        let forms = LeakCorpus.cases("stretch")
        let caught = forms.filter { $0.faults.isEmpty }
        #expect(caught.count * 2 > forms.count, "\(caught.count) of \(forms.count)")
    }
}
