// SPDX-License-Identifier: Apache-2.0

/// The permission bits of a file as the providers write them.
enum FileMode {
    /// What the driver passes to every provider.
    static let standard: UInt16 = 0o644

    /// Reads a YAML number (`0600` is octal to YAML, `384` the same in decimal); nothing or 0 is the
    /// standard.
    static func read(number name: String, from fields: inout FieldReader) -> UInt16 {
        guard let number = fields.integer(name), number != 0 else { return standard }
        guard (0...0xffff_ffff).contains(number) else {
            fields.error(name, "`\(name)` \(number) is no file mode")
            return standard
        }
        if number > 0o777 {
            let octal = String(number, radix: 8)
            let meant = String(number)
            let isOctalDigits = meant.allSatisfy { "01234567".contains($0) } && meant.count <= 3
            fields.warning(
                name,
                "`\(name)` \(number) is decimal, octal \(octal); only the permission bits count",
                hint: isOctalDigits ? "write `0\(meant)`" : nil
            )
        }
        return UInt16(number & 0o777)
    }

    /// Reads octal digits in a string, as many as `digits` says or any number of them.
    ///
    /// An empty string is the standard.
    static func read(
        octal name: String,
        digits: Int?,
        from fields: inout FieldReader
    ) -> UInt16 {
        let text = fields.text(name)
        if text.isEmpty { return standard }
        let isOctal = text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "7")).contains($0) }
        guard isOctal, digits.map({ text.utf8.count == $0 }) ?? true,
            let mode = UInt32(text, radix: 8)
        else {
            let wanted = digits.map { "\($0) octal digits" } ?? "octal digits"
            fields.error(
                name,
                "`\(name)` must be \(wanted) in quotes, not `\(text)`",
                hint: "for example `\(name): \"0600\"`"
            )
            return standard
        }
        if mode > 0o777 {
            fields.warning(name, "of `\(name)` \(text) only the permission bits count")
        }
        return UInt16(mode & 0o777)
    }
}
