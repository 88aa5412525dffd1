// SPDX-License-Identifier: Apache-2.0
import Platform

/// Waits up to ten seconds for a condition that another thread or the kernel brings about.
func eventually(_ condition: () throws -> Bool) rethrows -> Bool {
    for _ in 0..<5000 {
        if try condition() { return true }
        SystemThread.sleep(nanoseconds: 2_000_000)
    }
    return try condition()
}
