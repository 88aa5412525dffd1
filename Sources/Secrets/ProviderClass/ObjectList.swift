// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import YAML

/// Reads the objects of a class one by one.
enum ObjectList {
    /// An object before it is read, and its field path.
    typealias Element = (node: YAMLNode, path: String)

    /// The elements of the list that a parameter's text holds.
    ///
    /// `document` is the text as YAML, `nil` when the parameter is missing or no YAML; `missing` is the
    /// provider's words for a list that is missing or empty.
    static func elements(
        _ document: YAMLNode?,
        of parameters: ClassParameters,
        _ parameter: String,
        missing: String
    ) -> [Element] {
        let path = "\(ClassParameters.path).\(parameter)"
        guard let document else {
            // Text that is there and still gives no document has been complained of already.
            if parameters.isBlank(parameter) { parameters.error(parameter, missing) }
            return []
        }
        guard case .sequence(let nodes) = document.content else {
            parameters.findings.error(
                at: document.location,
                path: path,
                "`\(parameter)` must be a YAML list, not \(document.typeName)",
                hint: "start each object with `- `"
            )
            return []
        }
        if nodes.isEmpty { parameters.error(parameter, missing) }
        return nodes.enumerated().map { ($1, "\(path)[\($0)]") }
    }

    /// Reads each element with `read`; those that it cannot read are left out.
    static func read(
        _ elements: [Element],
        reading: ScalarReading,
        _ findings: Findings,
        _ read: (inout FieldReader) -> SecretObject?
    ) -> [SecretObject] {
        elements.compactMap { node, path in
            guard var fields = FieldReader(node, path: path, reading: reading, findings)
            else { return nil }
            return read(&fields)
        }
    }
}

extension FieldReader {
    /// The object that these fields describe.
    func object(
        _ name: String,
        _ source: SecretObject.Source,
        fileName: String,
        mode: UInt16
    ) -> SecretObject {
        SecretObject(
            name: name,
            source: source,
            fileName: fileName,
            mode: mode,
            location: location,
            fieldPath: path
        )
    }

    /// Notes what is wrong with a file's path in the mount, at the field that names it.
    ///
    /// - Returns: whether it can be used.
    func check(fileName: String, from field: String) -> Bool {
        guard let problem = MountPath.problem(of: fileName) else { return true }
        error(field, problem)
        return false
    }

    /// The field as an encoding, in any case; UTF-8 when it is missing or wrong.
    mutating func encoding(_ name: String) -> SecretEncoding {
        let text = text(name)
        if text.isEmpty { return .utf8 }
        if let encoding = SecretEncoding(rawValue: text.lowercased()) { return encoding }
        let known = SecretEncoding.allCases.map(\.rawValue)
        error(
            name,
            "invalid encoding type `\(text)`; should be utf-8, base64, or hex",
            hint: NearMiss.hint(for: text, among: known)
        )
        return .utf8
    }

    /// The field as one of several words in any case; `nil` when it is missing or wrong.
    mutating func choice<Word: RawRepresentable & CaseIterable>(
        _ name: String,
        as type: Word.Type,
        ignoringCase: Bool = false
    ) -> Word? where Word.RawValue == String {
        let text = text(name)
        if text.isEmpty { return nil }
        if let word = Word(rawValue: ignoringCase ? text.lowercased() : text) { return word }
        let known = Word.allCases.map(\.rawValue)
        error(
            name,
            "`\(name)` must be one of \(known.quotedList), not `\(text)`",
            hint: NearMiss.hint(for: text, among: known)
        )
        return nil
    }
}
