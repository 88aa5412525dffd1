// SPDX-License-Identifier: Apache-2.0

/// What is open, by the number that the kernel hands back with each request.
struct HandleTable<Element> {
    private var elements: [Element?] = []
    private var free: [Int] = []

    var count: Int { elements.count - free.count }

    mutating func insert(_ element: Element) -> UInt64 {
        if let index = free.popLast() {
            elements[index] = element
            return UInt64(index)
        }
        elements.append(element)
        return UInt64(elements.count - 1)
    }

    subscript(handle: UInt64) -> Element? {
        handle < UInt64(elements.count) ? elements[Int(handle)] : nil
    }

    /// Changes what is open, in place; `nil` when it is not.
    mutating func update<Outcome>(
        _ handle: UInt64,
        _ change: (inout Element) -> Outcome
    ) -> Outcome? {
        guard handle < UInt64(elements.count), var element = elements[Int(handle)].take() else {
            return nil
        }
        defer { elements[Int(handle)] = element }
        return change(&element)
    }

    mutating func remove(_ handle: UInt64) -> Element? {
        guard handle < UInt64(elements.count), let element = elements[Int(handle)].take() else {
            return nil
        }
        free.append(Int(handle))
        return element
    }
}
