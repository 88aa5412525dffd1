// SPDX-License-Identifier: Apache-2.0
import CEL

/// The rules for when expressions.
struct WhenChecks {
    var expressions: [WhenExpression]
    var context: AdmissionContext

    func validate() -> FieldErrors {
        expressions.enumerated().reduce(into: .none) {
            $0 += validate($1.element).at("when", $1.offset)
        }
    }

    private func validate(_ when: WhenExpression) -> FieldErrors {
        if !when.cel.isEmpty { return cel(when) }
        if when == WhenExpression() { return .missing("") }
        guard ["in", "notin"].contains(when.operatorName) else {
            return .invalid(
                "operator \(GoQuotedText.of(when.operatorName)) is not recognized."
                    + " valid operators: in,notin"
            )
        }
        return when.values.isEmpty ? .invalid("expecting non-empty values field") : .none
    }

    private func cel(_ when: WhenExpression) -> FieldErrors {
        guard context.gates.allowsCEL else {
            return FieldErrors(
                "feature flag enable-cel-in-whenexpression should be set to true to use CEL:"
                    + " \(when.cel) in WhenExpression"
            )
        }
        let hasBoth = !when.input.isEmpty || !when.operatorName.isEmpty || !when.values.isEmpty
        if hasBoth {
            return FieldErrors("cel and input+operator+values cannot be set in one WhenExpression")
        }
        // Variables are not replaced yet: they can only stand in quotes.
        do throws(CELError) {
            _ = try CELProgram(when.cel)
            return .none
        } catch {
            // Tekton appends the expression and what is wrong with it as if they were fields.
            return FieldErrors("invalid cel expression: \(when.cel) with err: \(error.message)")
                .pointing(to: "cel")
        }
    }
}
