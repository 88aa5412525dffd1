// SPDX-License-Identifier: Apache-2.0
internal import JSON

/// The parts that every log of findings has (OASIS SARIF 2.1.0).
enum SARIF {
    /// A log with one run of this program.
    static func log(rules: [JSONValue], results: [JSONValue]) -> JSONValue {
        let driver: JSONValue = .object(["name": .string("tacit"), "rules": .array(rules)])
        let run: JSONValue = .object([
            "tool": .object(["driver": driver]), "columnKind": .string("utf16CodeUnits"),
            "results": .array(results),
        ])
        return .object([
            "$schema": .string("https://json.schemastore.org/sarif-2.1.0.json"),
            "version": .string("2.1.0"), "runs": .array([run]),
        ])
    }

    static func rule(_ id: String, _ text: String) -> JSONValue {
        .object(["id": .string(id), "shortDescription": .object(["text": .string(text)])])
    }

    /// A path as a URI reference, RFC 3986 section 4.1.
    static func uri(_ path: String) -> String {
        let kept = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/".utf8)
        var uri = path.hasPrefix("/") ? "file://" : ""
        for byte in path.utf8 {
            if kept.contains(byte) {
                uri.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                uri += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return uri
    }
}
