// SPDX-License-Identifier: Apache-2.0
import Diagnostics

/// What a host cannot do for a document, and what has no effect on one.
struct HostFindings {
    private var errors = FieldErrors.none
    private var warnings = FieldErrors.none

    static let none = HostFindings()

    /// A field that a host cannot honour.
    static func refused(_ message: String, at path: String, hint: String? = nil) -> HostFindings {
        var findings = HostFindings()
        findings.errors = FieldErrors(message, at: path, hint: hint)
        return findings
    }

    /// A field that says nothing on a single host.
    static func idle(_ message: String, at path: String) -> HostFindings {
        var findings = HostFindings()
        findings.warnings = FieldErrors(message, at: path)
        return findings
    }

    static func += (findings: inout HostFindings, more: HostFindings) {
        findings.errors += more.errors
        findings.warnings += more.warnings
    }

    func at(_ prefix: String) -> HostFindings {
        var findings = self
        findings.errors = errors.at(prefix)
        findings.warnings = warnings.at(prefix)
        return findings
    }

    func at(_ field: String, _ index: Int) -> HostFindings { at("[\(index)]").at(field) }

    func diagnostics(in manifest: Manifest) -> [Diagnostic] {
        let warnings = warnings.diagnostics(in: manifest).map { warning in
            var warning = warning
            warning.severity = .warning
            return warning
        }
        return DiagnosticList(errors.diagnostics(in: manifest) + warnings).ordered
    }
}
