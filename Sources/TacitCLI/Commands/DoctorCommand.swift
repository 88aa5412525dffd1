// SPDX-License-Identifier: Apache-2.0

/// `tacit doctor`: what this host lacks, and the command that mends it.
struct DoctorCommand: Command {
    let name = "doctor"
    let summary = "tell what this host lacks, and the command that mends it"
    let details = "Ends with 4 when steps cannot run here."

    func run(_ arguments: Arguments, _ context: CommandContext) async throws -> ExitCode {
        report(HostFacts().findings, context.terminal)
    }

    /// Prints the findings; tells whether something needed is missing.
    func report(_ findings: [HostFinding], _ terminal: Terminal) -> ExitCode {
        for finding in findings {
            let state = finding.state.rawValue
            let padding = String(repeating: " ", count: 9 - state.count)
            let remedy = finding.remedy.map { "; \($0)" } ?? ""
            terminal.write("\(state)\(padding)\(finding.message)\(remedy)\n")
        }
        return findings.contains { $0.state == .missing } ? .hostLacking : .success
    }
}
