// SPDX-License-Identifier: Apache-2.0
import Platform
import Synchronization
import Testing

@testable import TacitCLI

@Suite struct InterruptionTests {
    @Test func `without a handler a signal ends the process`() {
        #expect(!Interruption().deliver(.interrupt))
    }

    @Test func `a handler takes two signals, the third ends the process`() {
        let interruption = Interruption()
        let taken = Mutex<[Signal]>([])
        interruption.handle { signal in taken.withLock { $0.append(signal) } }
        #expect(interruption.deliver(.terminate) && interruption.deliver(.interrupt))
        #expect(!interruption.deliver(.interrupt))
        #expect(taken.withLock { $0 } == [.terminate, .interrupt])
    }
}
