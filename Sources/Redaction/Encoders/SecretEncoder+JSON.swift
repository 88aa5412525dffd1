// SPDX-License-Identifier: Apache-2.0

extension SecretEncoder {
    /// What `JSON.stringify` and jq write.
    static let json = BackslashStyle().encoder(.json)
    /// What Go's encoding/json writes.
    static let htmlSafeJSON = htmlSafe.encoder(.json)

    private static let htmlSafe = BackslashStyle(numbered: "<>&", numbersSeparators: true)

    /// JSON in ASCII, as Python's json writes it; with DEL as itself and as a number.
    static let asciiJSON = [BackslashStyle.Number.raw, .utf16].map {
        BackslashStyle(delete: $0, nonASCII: .utf16).encoder(.json)
    }

    /// JSON dialects that differ for text without control characters and of ASCII only.
    static let plainJSON: [SecretEncoder] = {
        var gson = htmlSafe
        gson.numbered = "<>&='"
        var slash = BackslashStyle()
        slash.quoted = "\"\\/"
        var dotnet = BackslashStyle(delete: .utf16, nonASCII: .utf16, isUpper: true)
        dotnet.quoted = "\\"
        dotnet.numbered = "\"&'+<>`"
        var safeSlash = htmlSafe
        safeSlash.quoted = slash.quoted
        return [BackslashStyle(), htmlSafe, slash, safeSlash, gson, dotnet].map {
            $0.encoder(.json)
        }
    }()

    /// All JSON dialects.
    static let allJSON: [SecretEncoder] =
        plainJSON
        + (["\"\\", "\"\\/"] as [ByteSet]).flatMap { quoted in
            (["", "<>&"] as [ByteSet]).flatMap { numbered in
                ["\u{8}b\u{C}f\nn\rr\tt", "\nn\rr\tt"].flatMap { letters in
                    specialJSON(quoted, numbered, BackslashStyle.letters(letters))
                }
            }
        }

    /// The ways to write control characters and what is not ASCII.
    private static func specialJSON(
        _ quoted: ByteSet,
        _ numbered: ByteSet,
        _ letters: [UInt8: UInt8]
    ) -> [SecretEncoder] {
        [BackslashStyle.Number.raw, .utf16].flatMap { nonASCII in
            [BackslashStyle.Number.raw, .utf16].flatMap { delete in
                [false, true].map { isUpper in
                    BackslashStyle(
                        quoted: quoted,
                        letters: letters,
                        delete: delete,
                        nonASCII: nonASCII,
                        numbered: numbered,
                        numbersSeparators: true,
                        isUpper: isUpper
                    ).encoder(.json)
                }
            }
        }
    }
}
