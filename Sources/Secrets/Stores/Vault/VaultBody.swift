// SPDX-License-Identifier: Apache-2.0
import Cryptography
import HTTP

/// A JSON object of strings as the body of a request, in locked memory.
enum VaultBody {
    enum Value {
        case text(String)
        case secret(SharedLockedBytes)
    }

    static func make(_ members: [(name: String, value: Value)]) throws(VaultFailure) -> HTTPBody {
        do {
            var writer = try LockedWriter(capacity: 256)
            var separator = "{"
            for (name, value) in members {
                try writer.append(separator)
                separator = ","
                _ = try writer.append(json: Array(name.utf8).span, escapesHTML: false)
                try writer.append(UInt8(ascii: ":"))
                let isText =
                    switch value {
                    case .text(let text):
                        try writer.append(json: Array(text.utf8).span, escapesHTML: false)
                    case .secret(let secret):
                        try secret.bytes.withBytes { bytes throws(CryptographyError) in
                            try writer.append(json: bytes, escapesHTML: false)
                        }
                    }
                if !isText { throw VaultFailure("`\(name)` is not text") }
            }
            try writer.append(members.isEmpty ? "{}" : "}")
            return .locked(SharedLockedBytes(writer.finish()))
        } catch let failure as VaultFailure {
            throw failure
        } catch {
            throw VaultFailure("\(error)")
        }
    }
}
