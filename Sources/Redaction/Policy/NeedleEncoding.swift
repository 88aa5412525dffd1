// SPDX-License-Identifier: Apache-2.0

/// How a needle writes its secret.
///
/// Of nested encodings (a JSON text in shell quotes) the outer one is named.
package enum NeedleEncoding: String, Sendable, CaseIterable {
    /// The value as it is, without the white space around it.
    case raw
    /// One line of a value of several.
    case line
    /// A string of a JSON value, a password of a URL, the inside of a quoted value.
    case part
    /// Lines put together in another way: CRLF, indented, by a space, by nothing, by a literal `\n`.
    case joined
    case base64
    case base64url
    case base32
    /// Hexadecimal digits, with or without separators.
    case hex
    /// Byte values as decimal numbers.
    case decimal
    /// Percent-encoding, RFC 3986 section 2.1, and its dialects.
    case url
    /// The inside of a JSON string, RFC 8259 section 7.
    case json
    /// Backslash escapes as C, Go, Python, JavaScript, Ruby and Rust print them.
    case backslash
    /// As shells quote: `set -x`, `printf %q`, `declare -p`.
    case shell
    /// Character references of XML and HTML.
    case xml
    /// A character written twice: `''` in SQL and YAML, `$$` in make.
    case doubled
    /// MIME, RFC 2045 section 6.7.
    case quotedPrintable = "quoted-printable"
    case utf16
    /// All letters in one case.
    case recased
}
