// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
internal import Sandbox

/// The kubelet's expansion of `$(NAME)` in a container's command, arguments and environment.
///
/// `$$` is a dollar, an unknown name stays as it is, and values are not scanned again. See
/// `k8s.io/kubernetes/third_party/forked/golang/expansion`.
enum VariableExpansion {
    /// Expands `text`; the outcome is secret when a secret went into it.
    static func expand(
        _ text: String,
        _ variables: [String: StepWorld.Text]
    ) throws(CryptographyError) -> StepWorld.Text {
        guard text.utf8.contains(UInt8(ascii: "$")) else { return .plain(text) }
        let pieces = split(text, variables)
        let plain = pieces.compactMap { piece -> String? in
            if case .plain(let text) = piece { text } else { nil }
        }
        if plain.count == pieces.count { return .plain(plain.joined()) }
        var buffer = try LockedWriter(capacity: text.utf8.count)
        for piece in pieces {
            switch piece {
            case .plain(let text): try buffer.append(Array(text.utf8).span)
            case .secret(let shared):
                try shared.bytes.withBytes { bytes throws(CryptographyError) in
                    try buffer.append(bytes)
                }
            }
        }
        return .secret(SharedLockedBytes(buffer.finish()))
    }

    private static func split(
        _ text: String,
        _ variables: [String: StepWorld.Text]
    ) -> [StepWorld.Text] {
        var pieces: [StepWorld.Text] = []
        var literal: [UInt8] = []
        let bytes = Array(text.utf8)
        var index = 0
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "$"), index + 1 < bytes.count else {
                literal.append(bytes[index])
                index += 1
                continue
            }
            switch bytes[index + 1] {
            case UInt8(ascii: "$"):
                literal.append(UInt8(ascii: "$"))
                index += 2
            case UInt8(ascii: "("):
                guard let close = bytes[(index + 2)...].firstIndex(of: UInt8(ascii: ")")) else {
                    literal += bytes[index...]
                    index = bytes.count
                    continue
                }
                let name = String(decoding: bytes[(index + 2)..<close], as: UTF8.self)
                if let value = variables[name] {
                    pieces.append(.plain(String(decoding: literal, as: UTF8.self)))
                    pieces.append(value)
                    literal = []
                } else {
                    literal += bytes[index...close]
                }
                index = close + 1
            default:
                literal += bytes[index...(index + 1)]
                index += 2
            }
        }
        pieces.append(.plain(String(decoding: literal, as: UTF8.self)))
        return pieces
    }
}
