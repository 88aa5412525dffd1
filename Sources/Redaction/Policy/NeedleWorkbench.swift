// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// Writes one secret's needles in all their forms; what lies on it in between is locked memory, too.
struct NeedleWorkbench: ~Copyable {
    private var secret = 0
    private var encodings: Set<NeedleEncoding> = []
    /// How many needles the store had before this secret's.
    private var formerCount = 0
    private var once: LockedBuffer
    private var twice: LockedBuffer

    /// Forms of fewer bytes occur by chance.
    private static let shortestForm = 6
    /// Values of fewer bytes are not sought with their letters in another case.
    private static let shortestRecased = 16

    /// Longer values are sought only in the forms that programs print often.
    private static let longestRare = 256
    /// The line widths of base64(1), and of openssl(1) and PEM files (RFC 7468).
    private static let wrapWidths = [76, 64]
    private static let base64 = BitEncoder.base64.encoders
    /// What is encoded in base64 once more.
    private static let thenBase64 = base64 + SecretEncoder.utf16

    init() {
        once = .forSecrets()
        twice = .forSecrets()
    }

    /// Begins with one secret, whose needles go to `store`.
    mutating func begin(
        secret: Int,
        encodings: Set<NeedleEncoding>,
        for store: borrowing NeedleStore
    ) {
        self.secret = secret
        self.encodings = encodings
        formerCount = store.needles.count
        once.truncate(to: 0)
        twice.truncate(to: 0)
    }

    /// Adds a value, or a part of one that is a value of its own.
    mutating func addValue(
        _ value: Span<UInt8>,
        _ encoding: NeedleEncoding,
        to store: inout NeedleStore
    ) {
        let detail = min(FormDetail(byteCount: value.count), budget(in: store))
        addForms(of: value, encoding, detail, to: &store)
        if detail < .usual { return }
        let traits = ValueTraits(value)
        if value.count <= Self.longestRare { addRareForms(of: value, traits, to: &store) }
        if value.count >= Self.shortestRecased {
            for encoder in SecretEncoder.recased { add(value, encoder, to: &store) }
        }
        for encoder in SecretEncoder.utf16 { add(value, encoder, to: &store) }
        addWrapped(value, traits, to: &store)
        if !traits.hasLines { return }
        for encoder in SecretEncoder.joined { add(value, encoder, to: &store) }
        if !traits.hasShortLine { return }
        for encoder in SecretEncoder.indented { add(value, encoder, to: &store) }
    }

    /// Forms that take much room and that few programs print.
    private mutating func addRareForms(
        of value: Span<UInt8>,
        _ traits: ValueTraits,
        to store: inout NeedleStore
    ) {
        for encoder in EncoderSelection.rare(for: traits) { add(value, encoder, to: &store) }
        for encoder in encodings.contains(.base64) ? Self.thenBase64 : []
        where encode(value, encoder) {
            addEncodings(of: Self.base64, to: &store)
        }
        if !encodings.contains(.part) { return }
        ValueFragments.forEach(of: value) { fragment in
            store.append(fragment)
            store.commit(secret: secret, encoding: .part)
        }
    }

    /// Base64 as base64(1) and openssl(1) wrap it, and a key's lines in another width.
    private mutating func addWrapped(
        _ value: Span<UInt8>,
        _ traits: ValueTraits,
        to store: inout NeedleStore
    ) {
        let base64 = Self.base64[0]
        for width in Self.wrapWidths {
            if encode(value, base64) { addLines(of: width, base64.encoding, to: &store) }
            let isKey = traits.hasLines && NeedlePolicy.isArmour(value)
            if isKey, encode(value, .keyBody) { addLines(of: width, .joined, to: &store) }
        }
    }

    /// Adds what is on the bench in lines of `width` bytes.
    private func addLines(
        of width: Int,
        _ encoding: NeedleEncoding,
        to store: inout NeedleStore
    ) {
        if once.count <= width { return }
        once.withBytes { bytes in
            for start in stride(from: 0, to: bytes.count, by: width) {
                let line = bytes.extracting(start..<min(start + width, bytes.count))
                if line.count < NeedlePolicy.shortestLine { continue }
                store.append(line)
                store.commit(secret: secret, encoding: encoding)
            }
        }
    }

    /// Adds one line of a value.
    mutating func addLine(_ line: Span<UInt8>, _ detail: FormDetail, to store: inout NeedleStore) {
        addForms(of: line, .line, min(detail, budget(in: store)), to: &store)
    }

    private func budget(in store: borrowing NeedleStore) -> FormDetail {
        FormDetail(needleCount: store.needles.count - formerCount)
    }

    /// The forms that logs are full of, and those of one within another.
    private mutating func addForms(
        of value: Span<UInt8>,
        _ encoding: NeedleEncoding,
        _ detail: FormDetail,
        to store: inout NeedleStore
    ) {
        store.append(value)
        store.commit(secret: secret, encoding: encoding)
        let traits = ValueTraits(value)
        for encoder in EncoderSelection.encoders(for: traits, detail) {
            add(value, encoder, to: &store)
        }
        if traits.isPlain || detail < .full { return }
        for inner in EncoderSelection.nested(for: traits)
        where encode(value, inner) {
            addEncodings(of: EncoderSelection.nesting, to: &store)
        }
    }

    private mutating func add(
        _ value: Span<UInt8>,
        _ encoder: SecretEncoder,
        to store: inout NeedleStore
    ) {
        if encode(value, encoder) { commit(encoder.encoding, to: &store) }
    }

    /// Writes one form of `value` on the bench.
    ///
    /// - Returns: false when it is not wanted, too short or the value itself.
    private mutating func encode(_ value: Span<UInt8>, _ encoder: SecretEncoder) -> Bool {
        if !encodings.contains(encoder.encoding) { return false }
        once.truncate(to: 0)
        encoder.write(value, &once)
        if once.count < Self.shortestForm { return false }
        return once.withBytes {
            $0.count != value.count || commonPrefixCount($0, value) != value.count
        }
    }

    private mutating func commit(_ encoding: NeedleEncoding, to store: inout NeedleStore) {
        once.withBytes { store.append($0) }
        store.commit(secret: secret, encoding: encoding)
    }

    /// Encodes what is on the bench once more.
    private mutating func addEncodings(
        of encoders: [SecretEncoder],
        to store: inout NeedleStore
    ) {
        for encoder in encoders where encodings.contains(encoder.encoding) {
            twice.truncate(to: 0)
            let region = once.region
            region.withBytes(0..<once.count) { encoder.write($0, &twice) }
            if twice.count < Self.shortestForm { continue }
            twice.withBytes { store.append($0) }
            store.commit(secret: secret, encoding: encoder.encoding)
        }
    }
}
