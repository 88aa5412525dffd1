// SPDX-License-Identifier: Apache-2.0

/// One state of a redactor, compiled: its needles and the masks of their names; shared by all streams.
final class CompiledSecrets: Sendable {
    /// Which state of the redactor this is.
    let generation: Int
    let index: NeedleIndex
    private let masks: [[UInt8]]
    /// The names of secrets, as they stand in masks that say them.
    let names: [String]

    init(_ store: borrowing NeedleStore, _ names: [String], generation: Int) {
        self.generation = generation
        index = NeedleIndex(store)
        self.names = names
        masks = MaskText.masks(for: names, notSaying: index)
    }

    var isEmpty: Bool { index.isEmpty }

    /// What is printed for a needle.
    func mask(ofNeedle needle: Int) -> [UInt8] { masks[index.needles[needle].secret] }

    /// Whose value a needle is, and in which form.
    func key(ofNeedle needle: Int) -> MaskCount.Key {
        let needle = index.needles[needle]
        return MaskCount.Key(name: names[needle.secret], encoding: needle.encoding)
    }
}
