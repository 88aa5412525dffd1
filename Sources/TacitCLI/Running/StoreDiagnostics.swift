// SPDX-License-Identifier: Apache-2.0
internal import Diagnostics
internal import Secrets

/// A store's refusals as diagnostics, each at the place of its object in the YAML.
enum StoreDiagnostics {
    static func make(_ errors: [SecretStoreError]) -> DiagnosticList {
        var list = DiagnosticList()
        for error in errors {
            for failure in error.failures {
                let object = failure.object.isEmpty ? "" : "object `\(failure.object)`: "
                list.add(
                    Diagnostic(
                        .error,
                        at: failure.location,
                        "\(object)\(error.store): \(failure.message)",
                        hint: failure.remedy.isEmpty ? nil : failure.remedy
                    )
                )
            }
        }
        return list
    }
}
