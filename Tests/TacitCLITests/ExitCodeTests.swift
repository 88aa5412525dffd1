// SPDX-License-Identifier: Apache-2.0
import Platform
import TacitCLI
import Testing

@Suite struct ExitCodeTests {
    @Test func `the codes are what scripts rely on`() {
        #expect(ExitCode.allCases.map(\.rawValue) == [0, 1, 2, 3, 4, 70, 124, 130, 143])
        #expect(ExitCode.success.rawValue == 0)
        #expect(ExitCode.runFailed.rawValue == 1)
        #expect(ExitCode.wrongUsage.rawValue == 2)
        #expect(ExitCode.storeFailed.rawValue == 3)
        #expect(ExitCode.hostLacking.rawValue == 4)
        #expect(ExitCode.internalError.rawValue == 70)
        #expect(ExitCode.timedOut.rawValue == 124)
        #expect(ExitCode(endedBy: .interrupt).rawValue == 130)
        #expect(ExitCode(endedBy: .terminate).rawValue == 143)
    }
}
