// SPDX-License-Identifier: Apache-2.0
import Platform
import Synchronization
import Testing

/// Threads that block in read(2) and must end all the same.
@Suite(.timeLimit(.minutes(1)))
struct InterruptibleThreadTests {
    @Test func `a blocked thread is woken until it ends`() {
        let isEnding = Atomic<Bool>(false)
        let wakes = Atomic<Int>(0)
        let thread = InterruptibleThread("blocked") {
            while !isEnding.load(ordering: .sequentiallyConsistent) {
                SystemThread.sleep(nanoseconds: 999_000_000)
                wakes.add(1, ordering: .relaxed)
            }
        }
        #expect(!thread.hasEnded)
        isEnding.store(true, ordering: .sequentiallyConsistent)
        let duration = ContinuousClock().measure { thread.interruptUntilEnded() }
        #expect(thread.hasEnded)
        #expect(duration < .milliseconds(900))
    }

    @Test func `interrupting a thread that has ended is fine`() {
        for _ in 0..<100 {
            let thread = InterruptibleThread("short") {}
            thread.interruptUntilEnded()
            thread.interruptUntilEnded()
            #expect(thread.hasEnded)
        }
    }
}
