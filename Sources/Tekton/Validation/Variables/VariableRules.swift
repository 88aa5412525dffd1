// SPDX-License-Identifier: Apache-2.0
import Diagnostics

/// The rules that Tekton's admission has for references within a text.
enum VariableRules {
    /// Every reference must name one of `known`.
    ///
    /// Each name that is not is reported once, with the nearest known one.
    static func known(
        _ text: String,
        _ prefix: VariablePrefix,
        _ known: Set<String>
    ) -> FieldErrors {
        let references = VariableReference.all(in: text, prefix: prefix)
        if let error = tooManyParts(references, in: text, prefix) { return error }
        var errors = FieldErrors.none
        var reported: Set<String> = []
        for reference in references {
            let name = VariableReference.withoutIndices(reference.variable)
            guard !known.contains(name), reported.insert(name).inserted else { continue }
            errors += FieldErrors(
                "non-existent variable `\(name)` in \(GoQuotedText.of(text))",
                hint: NearMiss.hint(for: name, among: known.sorted()),
                part: reference.text
            )
        }
        return errors
    }

    /// No reference may name one of `prohibited`, neither whole nor by a key.
    ///
    /// An element of an array, `[0]`, passes.
    static func notNaming(
        _ text: String,
        _ prefix: VariablePrefix,
        _ prohibited: Set<String>
    ) -> FieldErrors {
        let references = VariableReference.all(in: text, prefix: prefix)
        if let error = tooManyParts(references, in: text, prefix) { return error }
        let named = references.first {
            prohibited.contains(VariableReference.withoutStar($0.variable))
        }
        return named.map { wrongType(text, $0) } ?? .none
    }

    /// No reference may stand for the whole of one of `prohibited`; a key or an element of it may.
    static func notWhole(
        _ text: String,
        _ prefix: VariablePrefix,
        _ prohibited: Set<String>
    ) -> FieldErrors {
        let named = VariableReference.all(in: text, prefix: prefix).first {
            prohibited.contains(VariableReference.withoutStar($0.name))
        }
        return named.map { wrongType(text, $0) } ?? .none
    }

    /// A reference to one of `arrays` must be all of the text.
    static func isolated(
        _ text: String,
        _ prefix: VariablePrefix,
        _ arrays: Set<String>
    ) -> FieldErrors {
        let references = VariableReference.all(in: text, prefix: prefix)
        if let error = tooManyParts(references, in: text, prefix) { return error }
        let named = references.first {
            arrays.contains(VariableReference.withoutStar($0.variable))
        }
        guard let named, references.first?.text.utf8.count != text.utf8.count else { return .none }
        return FieldErrors(
            "variable is not properly isolated in \(GoQuotedText.of(text))",
            part: named.text
        )
    }

    private static func wrongType(_ text: String, _ reference: VariableReference) -> FieldErrors {
        FieldErrors("variable type invalid in \(GoQuotedText.of(text))", part: reference.text)
    }

    private static func tooManyParts(
        _ references: [VariableReference],
        in text: String,
        _ prefix: VariablePrefix
    ) -> FieldErrors? {
        guard let wrong = references.first(where: \.hasTooManyParts) else { return nil }
        return FieldErrors(
            "Invalid referencing of parameters in \(GoQuotedText.of(text))! Only two dot-separated"
                + " components after the prefix \"\(prefix.text)\" are allowed.",
            part: wrong.text
        )
    }
}
