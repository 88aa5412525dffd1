// SPDX-License-Identifier: Apache-2.0

/// The rules for a reference to a Task, Pipeline or StepAction: a name, or a resolver with parameters.
struct ReferenceChecks {
    var name: String
    var resolver: String
    var params: [Param]?
    var context: AdmissionContext

    init(_ reference: TaskReference, _ context: AdmissionContext) {
        name = reference.name
        resolver = reference.resolver
        params = reference.resolverParams
        self.context = context
    }

    init(_ reference: PipelineReference, _ context: AdmissionContext) {
        name = reference.name
        resolver = reference.resolver
        params = reference.resolverParams
        self.context = context
    }

    init(_ reference: StepActionReference, _ context: AdmissionContext) {
        name = reference.name
        resolver = reference.resolver
        params = reference.resolverParams
        self.context = context
    }

    func validate() -> FieldErrors {
        if !resolver.isEmpty || params != nil { return resolved() }
        if name.isEmpty { return .missing("name") }
        guard !isAddress else { return conciseSyntax() + .missing("resolver") }
        let problems = ResourceName.qualifiedNameProblems(name)
        return problems.isEmpty
            ? .none : .invalid(problems.joined(separator: ","), at: "name")
    }

    private func resolved() -> FieldErrors {
        var errors = FieldErrors.none
        if let params {
            errors += context.requires(.beta, for: "resolver params", at: "params")
            if !name.isEmpty { errors += .multipleOneOf("name", "params") }
            if resolver.isEmpty { errors += .missing("resolver") }
            errors += DuplicateNames.byKey(params.map(\.name))
        }
        if !resolver.isEmpty {
            errors += context.requires(.beta, for: "resolver", at: "resolver")
            if !name.isEmpty {
                errors +=
                    isAddress
                    ? conciseSyntax() : .invalid("invalid URI for request", at: "name")
            }
        }
        return errors
    }

    private func conciseSyntax() -> FieldErrors {
        guard !context.gates.allowsConciseResolverSyntax else { return .none }
        return FieldErrors(
            "feature flag enable-concise-resolver-syntax should be set to true to use concise"
                + " resolver syntax"
        )
    }

    /// Whether the name has a scheme: a word character or hyphen before `:/`.
    private var isAddress: Bool {
        let bytes = Array(name.utf8)
        for index in bytes.indices.dropFirst() where bytes[index...].starts(with: ":/".utf8) {
            let before = bytes[index - 1]
            if before.isLetter || before.isDigit || "_-".utf8.contains(before) { return true }
        }
        return false
    }
}
