// SPDX-License-Identifier: Apache-2.0
internal import Diagnostics
internal import Redaction
internal import RunEngine
internal import Secrets
internal import Tekton
internal import YAML

/// Checks each document of a file by itself.
struct DocumentValidation {
    var gates: FeatureGates
    var host: HostValidation
    /// Learns the values of the file's Secrets, so that nothing said of them shows one.
    var redactor: Redactor

    /// The verdicts in the order of the file.
    func verdicts(of file: SourceFile) -> [DocumentVerdict] {
        let (documents, problems) = YAMLParser.parse(file.bytes, file: file.name)
        let owners = DocumentOwners(documents: documents, bytes: file.bytes)
        var errors: [Int: [Diagnostic]] = [:]
        for problem in problems { errors[owners.owner(of: problem), default: []].append(problem) }
        var verdicts: [DocumentVerdict] = []
        for (index, document) in documents.enumerated() {
            verdicts += self.verdicts(of: document, at: index, file.name, errors[index] ?? [])
        }
        if let unread = errors[documents.count] {
            var verdict = DocumentVerdict(file: file.name, document: documents.count)
            verdict.errors = unread
            verdicts.append(verdict)
        }
        return verdicts
    }

    /// One verdict; several for a `List`.
    private func verdicts(
        of document: YAMLNode,
        at index: Int,
        _ file: String,
        _ syntax: [Diagnostic]
    ) -> [DocumentVerdict] {
        let (manifests, problems) = ManifestLoader.read(document, index: index)
        for manifest in manifests where manifest.documentKind == .secret {
            RunInput.register(manifest, redactor)
        }
        var verdicts = manifests.map { manifest in
            var verdict = DocumentVerdict(file: file, document: index)
            verdict.kind = manifest.kind
            verdict.name = manifest.name.isEmpty ? nil : manifest.name
            verdict.sort(check(manifest))
            return verdict
        }
        if verdicts.isEmpty || !problems.isEmpty {
            var verdict = DocumentVerdict(file: file, document: index)
            verdict.sort(problems)
            // A list without items says what it is, and that is all.
            if problems.isEmpty { verdict.kind = "List" }
            verdicts.append(verdict)
        }
        verdicts[0].sort(syntax)
        return verdicts
    }

    private func check(_ manifest: Manifest) -> [Diagnostic] {
        if manifest.documentKind == .secretProviderClass {
            return SecretProviderClass.parse(manifest.node).diagnostics
        }
        let (validated, problems) = ManifestValidator.validate(manifest, gates: gates)
        let findings = validated.map(findings) ?? []
        return problems
            + findings.map { finding in
                var finding = finding
                finding.severity = .warning
                return finding
            }
    }

    /// What a host cannot do of it.
    private func findings(_ manifest: ValidatedManifest) -> [Diagnostic] {
        switch manifest {
        case .task(let task): host.check(task)
        case .taskRun(let run): host.check(run)
        case .stepAction(let action): host.check(action)
        case .pipeline(let pipeline): host.check(pipeline)
        case .pipelineRun(let run): host.check(run)
        case .secret, .configMap, .serviceAccount: []
        case .other(let manifest):
            [
                Diagnostic(
                    .warning,
                    at: manifest.location,
                    path: "kind",
                    "a \(manifest.kind) plays no part in a run and is not checked"
                )
            ]
        }
    }
}

extension DocumentVerdict {
    /// Takes diagnostics in by their severity, each once.
    fileprivate mutating func sort(_ diagnostics: [Diagnostic]) {
        for diagnostic in diagnostics {
            if diagnostic.severity == .error {
                if !errors.contains(diagnostic) { errors.append(diagnostic) }
            } else if !warnings.contains(diagnostic) {
                warnings.append(diagnostic)
            }
        }
    }
}
