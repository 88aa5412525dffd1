// SPDX-License-Identifier: Apache-2.0
import Cryptography
import Platform
import Testing

/// Each runs in a process of its own: a process has one secure heap.
struct SecureHeapTests {
    @Test func `the arena is locked, out of core dumps and out of forks`() async {
        await #expect(processExitsWith: .success) {
            #expect(SecureHeap.open() == .locked)
            #expect(SecureHeap.shortfall(after: .locked) == nil)
            let maps = try FileDescriptor.open("/proc/self/smaps").readToEnd()
            let flags = String(decoding: maps, as: UTF8.self).split(separator: "\n")
                .filter { $0.hasPrefix("VmFlags:") }
                .map { Set($0.split(separator: " ")) }
            #expect(flags.contains { $0.isSuperset(of: ["lo", "dd", "dc"]) })
        }
    }

    @Test func `a second opening has the first one's outcome`() async {
        await #expect(processExitsWith: .success) {
            let first = SecureHeap.open(byteCount: 1 << 20)
            #expect(SecureHeap.open() == first)
        }
    }

    @Test func `a full heap is an error and releasing makes room again`() async {
        await #expect(processExitsWith: .success) {
            _ = SecureHeap.open(byteCount: 1 << 16)
            let half = [UInt8](repeating: 1, count: 1 << 15)
            do {
                let first = try LockedBytes(copying: half.span)
                #expect(SecureHeap.usedByteCount == 1 << 15)
                #expect(throws: CryptographyError.secureHeapFull(byteCount: 1 << 16)) {
                    _ = try LockedWriter(capacity: 1 << 16)
                }
                #expect(first.count == 1 << 15)
            }
            #expect(SecureHeap.usedByteCount == 0)
            _ = try LockedWriter(capacity: 1 << 16)
        }
    }

    @Test func `what failed mid-way leaves nothing in the heap`() async {
        await #expect(processExitsWith: .success) {
            _ = SecureHeap.open(byteCount: 1 << 16)
            let key = [UInt8](repeating: 7, count: 32)
            let nonce = [UInt8](repeating: 7, count: 12)
            let header: [UInt8] = []
            let sealed = [UInt8](repeating: 0, count: 1000)
            #expect(throws: CryptographyError.notAuthentic) {
                _ = try AES256GCM.open(
                    sealed.span,
                    key: try LockedBytes(copying: key.span),
                    nonce: nonce.span,
                    header: header.span
                )
            }
            #expect(SecureHeap.usedByteCount == 0)
        }
    }

    @Test func `a shortfall names the limit and what raises it`() {
        let text = SecureHeap.shortfall(after: .unlocked)
        #expect(text?.contains("ulimit -l") == true)
        #expect(SecureHeap.shortfall(after: .unavailable) != nil)
    }
}
