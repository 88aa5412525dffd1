// SPDX-License-Identifier: Apache-2.0

/// All the places in a program at which a match may stand, moved over the text together.
struct RegexThreads {
    private let program: [RegexInstruction]
    /// Places that wait for a character.
    private var waiting: [Int] = []
    /// Places reached by the last character, whose assertions wait for the next one.
    private var reached: [Int] = []
    private var seen: [Bool]
    private(set) var hasMatched = false

    init(_ program: [RegexInstruction]) {
        self.program = program
        seen = Array(repeating: false, count: program.count)
    }

    /// Begins a further match here, and follows all that needs no character.
    mutating func start(between previous: Unicode.Scalar?, and next: Unicode.Scalar?) {
        waiting.removeAll(keepingCapacity: true)
        for index in seen.indices { seen[index] = false }
        var places = [0] + reached.reversed()
        while let place = places.popLast() {
            if seen[place] { continue }
            seen[place] = true
            switch program[place] {
            case .one: waiting.append(place)
            case .split(let first, let second): places += [second, first]
            case .jump(let target): places.append(target)
            case .check(let assertion):
                if assertion.holds(between: previous, and: next) { places.append(place + 1) }
            case .match: hasMatched = true
            }
        }
    }

    mutating func step(over scalar: Unicode.Scalar) {
        reached.removeAll(keepingCapacity: true)
        for place in waiting {
            if case .one(let set) = program[place], set.contains(scalar) {
                reached.append(place + 1)
            }
        }
    }
}
