// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Secrets

@Suite struct StoreAbsenceTests {
    @Test func `an absence is told once, whatever notices it, and the next one again`() {
        var absence = StoreAbsence()
        var isNews: Bool
        isNews = absence.fail(.fetch)
        #expect(isNews)
        isNews = absence.fail(.renewal)
        #expect(!isNews)
        isNews = absence.fail(.fetch)
        #expect(!isNews)
        absence.answer(.fetch)
        isNews = absence.fail(.fetch)
        #expect(isNews)
    }

    @Test func `an engine that stays away is not told again because another one answers`() {
        var absence = StoreAbsence()
        var isNews: Bool
        isNews = absence.fail(.renewal)
        #expect(isNews)
        for _ in 0..<3 {
            absence.answer(.fetch)
            isNews = absence.fail(.renewal)
            #expect(!isNews)
        }
    }

    @Test func `a lease that was lost in an absence hides no later one`() {
        var absence = StoreAbsence()
        var isNews: Bool
        isNews = absence.fail(.fetch)
        #expect(isNews)
        isNews = absence.fail(.renewal)
        #expect(!isNews)
        absence.answer(.fetch)
        isNews = absence.fail(.fetch)
        #expect(isNews)
    }
}
