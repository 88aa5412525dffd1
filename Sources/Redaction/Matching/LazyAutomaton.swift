// SPDX-License-Identifier: Apache-2.0
internal import Synchronization

/// The automaton of an index, made when a stream first wants it; most runs never do.
final class LazyAutomaton: Sendable {
    private enum State {
        case unmade
        case made(NeedleAutomaton)
        /// There was no memory for it.
        case impossible
    }

    private let state = Mutex(State.unmade)
    /// What making it costs, in the units of `ScanEffort`: some 10 ns for each byte of the needles.
    private let cost: Int

    init(needleByteCount: Int) {
        cost = 4 * needleByteCount
    }

    /// How much may be spent on looking up beyond what was saved, so that it is not made for little.
    var loan: Int {
        state.withLock { state in
            switch state {
            case .unmade: cost
            case .made: 0
            case .impossible: .max
            }
        }
    }

    /// The automaton; `nil` where there is no memory for it.
    func value(of index: NeedleIndex) -> NeedleAutomaton? {
        state.withLock { state in
            if case .unmade = state {
                state = index.makeAutomaton().map { .made($0) } ?? .impossible
            }
            guard case .made(let automaton) = state else { return nil }
            return automaton
        }
    }
}
