// SPDX-License-Identifier: Apache-2.0
internal import Platform

extension SecretEncoder {
    /// Percent-encoding of all but RFC 3986's unreserved characters.
    static let url = percent(keeping: .unreserved, isUpper: true, spaceAsPlus: false)

    /// The dialects: what each function leaves as it is.
    static let allURL: [SecretEncoder] = {
        let kept: [ByteSet] = [
            .unreserved,
            // Python's quote, JavaScript's encodeURIComponent, Java's URLEncoder, PHP's urlencode.
            .unreserved.union("/"), .unreserved.union("!'()*"),
            ByteSet.alphanumeric.union("*-._"), ByteSet.alphanumeric.union("-._"),
            // encodeURI, Go's PathEscape, the user information of Go and of RFC 3986.
            .unreserved.union(";,/?:@&=+$!*'()#"), .unreserved.union("$&+=:@"),
            .unreserved.union("$&+,;="), .unreserved.union("!$&'()*+,;=:"),
            // The user information of WHATWG's URL Standard, as set by a program and as typed.
            .unreserved.union("!$&'()*+,%"), .unreserved.union("!$&'()*+,"),
        ]
        return kept.flatMap { set in
            [true, false].flatMap { isUpper in
                [true, false].map { percent(keeping: set, isUpper: isUpper, spaceAsPlus: $0) }
            }
        }
    }()

    /// Each byte as `%..`.
    static let percentBytes = [true, false].map { hex(isUpper: $0, prefix: "%", as: .url) }

    /// The data of a GitHub workflow command.
    static let workflowCommand = SecretEncoder(encoding: .url) { bytes, output in
        let escaped: ByteSet = "%\r\n"
        for index in bytes.indices {
            if escaped.contains(bytes[index]) {
                output.append("%")
                output.appendHex(bytes[index], isUpper: true)
            } else {
                output.append(bytes[index])
            }
        }
    }

    /// MIME's quoted-printable, one line.
    static let quotedPrintable = [false, true].map { encodesSpace in
        SecretEncoder(encoding: .quotedPrintable) { bytes, output in
            for index in bytes.indices {
                let byte = bytes[index]
                let isPlain = (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "=")
                if isPlain || byte == 0x20 && !encodesSpace || byte == 0x0A || byte == 0x0D {
                    output.append(byte)
                } else {
                    output.append("=")
                    output.appendHex(byte, isUpper: true)
                }
            }
        }
    }

    private static func percent(
        keeping kept: ByteSet,
        isUpper: Bool,
        spaceAsPlus: Bool
    ) -> SecretEncoder {
        SecretEncoder(encoding: .url) { bytes, output in
            for index in bytes.indices {
                let byte = bytes[index]
                if kept.contains(byte) {
                    output.append(byte)
                } else if spaceAsPlus, byte == 0x20 {
                    output.append("+")
                } else {
                    output.append("%")
                    output.appendHex(byte, isUpper: isUpper)
                }
            }
        }
    }
}
