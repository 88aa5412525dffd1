// SPDX-License-Identifier: Apache-2.0
internal import Platform
internal import Synchronization

/// The secrets of a run, and the one way in which anything leaves it.
///
/// All streams of a run share one redactor; a value registered at any time applies from the next byte
/// of every stream, what it holds back included. Safe to use from any thread.
package final class Redactor: Sendable {
    private let state: Mutex<State>
    /// Counts the registrations that added something; streams compare it at each write.
    private let registrations = Atomic(0)
    private let tally = Mutex(MaskTally())

    /// Starts without secrets.
    ///
    /// - Parameters:
    ///   - encodings: in which forms values are masked besides as they are.
    ///   - forAudits: whether a `LeakAudit` is to find values broken up or in another case, too.
    package init(
        encodings: Set<NeedleEncoding> = Set(NeedleEncoding.allCases),
        forAudits: Bool = false
    ) {
        state = Mutex(State(encodings: encodings, forAudits: forAudits))
    }

    /// Registers a value: from its return on no stream lets it through.
    ///
    /// Empty values and values that are registered already are fine. White space around a value is not
    /// part of the secret.
    ///
    /// - Parameters:
    ///   - value: the raw bytes, trailing newline and all.
    ///   - name: stands in the mask; brackets and the like are replaced.
    package func register(_ value: Span<UInt8>, name: String) {
        state.withLock { state in
            if state.register(value, MaskText.sanitised(name)) {
                registrations.add(1, ordering: .releasing)
            }
        }
    }

    /// What the user should be told, each once, in the order in which it came up.
    package var warnings: [RedactionWarning] {
        state.withLock { $0.warnings }
    }

    /// Redacts a complete piece of text.
    package func redact(_ text: String) -> String {
        let bytes = Array(text.utf8)
        let redacted = redact(bytes)
        return redacted == bytes ? text : String(decoding: redacted, as: UTF8.self)
    }

    /// Redacts a complete piece of bytes.
    ///
    /// A needle cut off at the end is masked, too, if at least half of it and at least 8 bytes are there.
    package func redact(_ bytes: [UInt8]) -> [UInt8] {
        let compiled = compiled()
        if compiled.isEmpty { return bytes }
        var scratch = ScanScratch()
        _ = compiled.index.scan(bytes, into: &scratch)
        scratch.addCutNeedle(at: bytes, compiled.index, minimumCount: 8)
        var output = MaskedOutput()
        output.begin()
        output.add(bytes, scratch.found, upTo: bytes.count, compiled)
        return output.bytes
    }

    /// Every needle's bytes, in ordinary memory: for tests and measurements, of values that are no secret.
    package var needles: [[UInt8]] {
        state.withLock { state in
            let region = state.store.region
            return state.store.needles.map { needle in
                var bytes: [UInt8] = []
                region.withBytes(needle.bytes) { bytes.append($0) }
                return bytes
            }
        }
    }

    /// How many masks its streams have printed, by secret and form, in the order of their names.
    package var maskCounts: [MaskCount] {
        tally.withLock { $0.total }.map { MaskCount(key: $0, count: $1) }.sorted()
    }

    /// Changes whenever a registration adds something, after which a text may look otherwise redacted.
    package var generation: Int { registrations.load(ordering: .acquiring) }

    /// Starts a stream; `byAutomaton` with what it turns to where a text is slow to look up, for tests:
    /// the outcome is the same.
    package func stream(byAutomaton: Bool = false) -> RedactingStream {
        var effort = ScanEffort()
        if byAutomaton { effort.turn() }
        return RedactingStream(self, effort: effort)
    }
}

extension Redactor {
    /// Whether a later registration has added to what `compiled` knows.
    func isCurrent(_ compiled: CompiledSecrets) -> Bool {
        generation == compiled.generation
    }

    /// Notes the needles whose masks a stream printed.
    func count(_ printed: [Int], _ compiled: CompiledSecrets) {
        if printed.isEmpty { return }
        tally.withLock { $0.add(printed, compiled) }
    }

    /// Everything registered so far, compiled.
    func compiled() -> CompiledSecrets {
        state.withLock { state in
            let current = registrations.load(ordering: .relaxed)
            if let compiled = state.compiled, compiled.generation == current { return compiled }
            let compiled = CompiledSecrets(state.store, state.names, generation: current)
            state.compiled = compiled
            return compiled
        }
    }

    /// The needles for folded text; `nil` when it was not made for audits.
    func foldedIndex() -> NeedleIndex? {
        state.withLock { $0.forAudits ? NeedleIndex($0.folded) : nil }
    }

    private struct State: ~Copyable {
        let encodings: Set<NeedleEncoding>
        let forAudits: Bool
        var store = NeedleStore()
        var folded = NeedleStore(capacity: 0)
        var names: [String] = []
        /// Where each name stands among them.
        var places: [String: Int] = [:]
        var workbench = NeedleWorkbench()
        var warnings: [RedactionWarning] = []
        var compiled: CompiledSecrets?

        init(encodings: Set<NeedleEncoding>, forAudits: Bool) {
            self.encodings = encodings
            self.forAudits = forAudits
        }

        /// Returns whether there are new needles.
        mutating func register(_ value: Span<UInt8>, _ name: String) -> Bool {
            let before = store.needles.count
            let secret = places[name] ?? names.count
            let count = NeedlePolicy(secret: secret, encodings: encodings)
                .addNeedles(of: value, to: &store, on: &workbench)
            if count > 0, count < NeedlePolicy.shortestMasked {
                warn(.init(name: name, reason: .tooShortToMask))
            } else if count > 0, count < NeedlePolicy.shortestUnwarned {
                warn(.init(name: name, reason: .short))
            }
            if store.needles.count == before { return false }
            if forAudits { FoldedText.addNeedles(of: value, secret: secret, to: &folded) }
            if secret == names.count {
                names.append(name)
                places[name] = secret
            }
            if !store.region.isLocked { warn(.init(name: "", reason: .memoryNotLocked)) }
            return true
        }

        private mutating func warn(_ warning: RedactionWarning) {
            if !warnings.contains(warning) { warnings.append(warning) }
        }
    }
}
