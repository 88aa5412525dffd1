// SPDX-License-Identifier: Apache-2.0
package import Cryptography
package import Diagnostics

/// The secrets of a file that a user keeps: JSON, or `.env`.
///
/// What starts with a brace is JSON; everything else is `.env`. Values go from the file's locked bytes into
/// locked bytes of their own.
package enum SecretsFile {
    /// Reads what `redact --secrets FILE` and `audit leaks --secrets FILE` take.
    ///
    /// JSON is `{"NAME": "value" | {"base64": "..."}}`. One trailing newline of a value is dropped. A name that
    /// stands twice gives two values.
    ///
    /// - Returns: the values in the file's order, and what is wrong with the file; with an error among the
    ///   diagnostics the values are those that could be read.
    package static func values(
        in text: borrowing LockedBytes,
        file: String
    ) throws(CryptographyError) -> (values: [NamedValue], diagnostics: [Diagnostic]) {
        try text.withBytes { bytes throws(CryptographyError) in
            var reader = SecretsFileReader(file: file)
            try reader.readValues(bytes)
            return (reader.values, reader.findings.diagnostics)
        }
    }

    /// Reads what `tacit secret import FILE` takes.
    ///
    /// JSON is `{"NAME": {"KEY": value}}` or `{"NAME": value}`, where a value is `"text"` or
    /// `{"base64": "..."}`; a NAME without a KEY, and every NAME of a `.env` file, has the key `value`. Values are
    /// taken as they are.
    ///
    /// - Returns: the values by name and key, and what is wrong with the file.
    package static func records(
        in text: borrowing LockedBytes,
        file: String
    ) throws(CryptographyError) -> (
        records: [String: [String: StoreValue]], diagnostics: [Diagnostic]
    ) {
        try text.withBytes { bytes throws(CryptographyError) in
            var reader = SecretsFileReader(file: file)
            try reader.readRecords(bytes)
            return (reader.records, reader.findings.diagnostics)
        }
    }
}
