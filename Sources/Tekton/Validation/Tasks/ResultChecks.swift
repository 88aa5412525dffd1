// SPDX-License-Identifier: Apache-2.0

/// The rules for declared results of tasks and steps.
enum ResultChecks {
    static func validate(_ results: [TaskResultDeclaration]) -> FieldErrors {
        results.enumerated().reduce(into: .none) { $0 += validate($1.element).at($1.offset) }
    }

    static func validate(_ results: [StepResultDeclaration]) -> FieldErrors {
        results.enumerated().reduce(into: .none) { $0 += validate($1.element).at($1.offset) }
    }

    private static func validate(_ result: TaskResultDeclaration) -> FieldErrors {
        guard ResourceName.isResult(result.name) else { return wrongName(result.name) }
        var errors = FieldErrors.none
        switch result.type {
        case .object?:
            errors += properties(result.properties, of: result.name, "The")
        case nil, .string?, .array?: break
        case let type?:
            errors += .invalid(type.rawValue, at: "type", details: "type must be string")
        }
        errors += value(of: result)
        return errors
    }

    private static func validate(_ result: StepResultDeclaration) -> FieldErrors {
        guard ResourceName.isResult(result.name) else { return wrongName(result.name) }
        switch result.type {
        case .object?: return properties(result.properties, of: result.name, "the")
        case nil, .string?, .array?: return .none
        case let type?:
            let text = type.rawValue
            return .invalid(text, at: "type", details: "invalid type \(text)")
        }
    }

    private static let nameRule =
        "must consist of alphanumeric characters, '-', '_', and must start and end with an"
        + " alphanumeric character (e.g. 'MyName',  or 'my-name',  or 'my_name')"

    private static func wrongName(_ name: String) -> FieldErrors {
        FieldErrors(
            "invalid key name \(GoQuotedText.of(name))",
            at: "name",
            details: "Name \(nameRule)"
        )
    }

    private static func properties(
        _ properties: [String: PropertySpec]?,
        of name: String,
        _ article: String
    ) -> FieldErrors {
        guard let properties else { return .missing("\(name).properties") }
        let wrong = properties.filter { $0.value.type != .string }.keys.sorted()
        guard !wrong.isEmpty else { return .none }
        return FieldErrors(
            "\(article) value type specified for these keys \(ParameterChecks.list(wrong)) is"
                + " invalid, the type must be string",
            at: "\(name).properties"
        )
    }

    /// A value must be one reference to a step's result.
    private static func value(of result: TaskResultDeclaration) -> FieldErrors {
        guard let value = result.value else { return .none }
        guard case .string(let text) = value else {
            return FieldErrors(
                "Invalid Type. Wanted string but got: \"\(value.type.rawValue)\"",
                at: "\(result.name).type"
            )
        }
        guard !text.isEmpty else { return .none }
        let path = "\(result.name).value"
        guard let (step, name) = StepReferences.stepResult(in: text) else {
            return FieldErrors(
                "Could not extract step name and result name. Expected value to look like"
                    + " $(steps.<stepName>.results.<resultName>) but got \"\(text)\"",
                at: path
            )
        }
        var errors = FieldErrors.none
        if !ResourceName.isLabel(step) {
            errors += FieldErrors(
                "invalid extracted step name \(GoQuotedText.of(step))",
                at: path,
                details: "stepName in $(steps.<stepName>.results.<resultName>) must be a valid DNS"
                    + " Label"
            )
        }
        if !ResourceName.isResult(name) {
            errors += FieldErrors(
                "invalid extracted result name \(GoQuotedText.of(name))",
                at: path,
                details: "resultName in $(steps.<stepName>.results.<resultName>) \(nameRule)"
            )
        }
        return errors
    }
}
