// SPDX-License-Identifier: Apache-2.0
internal import Diagnostics
internal import JSON
internal import Platform
internal import Redaction
internal import RunEngine
internal import Tekton

/// `tacit validate FILE...`: what the cluster would say of each document, without a cluster.
struct ValidateCommand: Command {
    private enum Format: String, CaseIterable {
        /// A line for each document; what is wrong goes to standard error, with the lines concerned.
        case text
        /// JSON Lines, one for each document.
        case json
        /// One SARIF 2.1.0 log, for code scanners' viewers.
        case sarif
    }

    private static let output = Flag(
        "output",
        "o",
        value: "FORMAT",
        choices: Format.allCases.map(\.rawValue),
        summary: "how to print the verdicts; default text"
    )

    let name = "validate"
    let summary = "check documents as the cluster's admission would"
    let details = """
        Each document stands alone: names may repeat, and nothing is looked up in the others.
        What a host cannot do is a warning. Ends with 2 when a document is refused.
        """
    let operands = [Operand("FILE", .zeroOrMore)]
    let flags = [Flag.api, output]

    func run(_ arguments: Arguments, _ context: CommandContext) async throws -> ExitCode {
        let redactor = Redactor()
        let files = try SourceFiles.read(arguments.operands)
        let configuration = try context.configuration()
        let hostPaths = configuration.hostPaths
        let validation = DocumentValidation(
            gates: FeatureGates(
                level: arguments.value(of: .api),
                flags: configuration.featureFlags
            ),
            host: HostValidation(
                features: HostRequirements.features,
                hostPaths: hostPaths.map { (try? Path.resolved($0)) ?? $0 }
            ),
            redactor: redactor
        )
        let verdicts = files.flatMap(validation.verdicts)
        let format = arguments.value(of: Self.output).flatMap(Format.init) ?? .text
        if format == .text {
            let report = SourceReport(files: files, redactor: redactor, terminal: context.terminal)
            report.report(DiagnosticList(verdicts.flatMap { $0.errors + $0.warnings }))
        }
        if format == .sarif {
            let report = VerdictReport(verdicts: verdicts, files: files, redact: redactor.redact)
            try context.terminal.write((report.sarif().serialize(.indented) + [0x0a]).span)
        }
        for verdict in verdicts {
            switch format {
            case .sarif: break
            case .text: context.terminal.write(verdict.text(redact: redactor.redact))
            case .json: try? context.terminal.write(verdict.line(redact: redactor.redact).span)
            }
        }
        return verdicts.allSatisfy(\.isValid) ? .success : .wrongUsage
    }
}
