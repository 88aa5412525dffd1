// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import RunEngine

@Suite("Run control")
struct RunControlTests {
    @Test func `the first interrupt asks, the second insists, and the first signal is kept`() {
        let control = RunControl()
        #expect(control.request == .none)
        control.interrupt(signal: 15)
        #expect(control.request == .terminate)
        control.interrupt(signal: 2)
        #expect(control.request == .kill)
        #expect(control.signal == 15)
    }

    @Test func `a waiter wakes at a request beyond its own`() async {
        let control = RunControl()
        async let first = control.waitForRequest(above: .none)
        async let second = control.waitForRequest(above: .terminate)
        control.interrupt(signal: 2)
        #expect(await first == .terminate)
        control.interrupt(signal: 2)
        #expect(await second == .kill)
    }

    @Test func `a cancelled waiter gets nothing`() async {
        let control = RunControl()
        let waiter = Task { await control.waitForRequest(above: .none) }
        waiter.cancel()
        #expect(await waiter.value == nil)
    }
}
