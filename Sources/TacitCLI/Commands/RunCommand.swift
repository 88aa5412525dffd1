// SPDX-License-Identifier: Apache-2.0
internal import Diagnostics
internal import Platform
internal import Redaction
internal import Resolution
internal import RunEngine
internal import Secrets
internal import Tekton

/// `tacit run`: reads the files, makes the plans, and runs them one after the other.
package struct RunCommand: Command {
    package let name = "run"
    package let summary = "run the Tasks and Pipelines of the files as local processes"
    package let operands = [Operand("FILE", .zeroOrMore)]
    package let flags = RunFlags.all

    package init() {}

    package func startsSteps(_ arguments: Arguments) -> Bool { !arguments.has(RunFlags.dryRun) }

    package func run(_ arguments: Arguments, _ context: CommandContext) async throws -> ExitCode {
        let request = try RunArguments(arguments)
        do {
            return try await run(request, context)
        } catch let failure as CommandFailure {
            // With `-o json|yaml` there is a document whatever happens.
            RunResultWriter(
                terminal: context.terminal,
                format: request.output ?? .text,
                redactor: Redactor()
            ).write([], asList: true)
            throw failure
        }
    }

    private func run(_ request: RunArguments, _ context: CommandContext) async throws -> ExitCode {
        let redactor = Redactor(forAudits: true)
        let directories = try StateDirectory(environment: context.environment)
        let configuration = try context.configuration()
        var settings = try RunSettings(configuration, directories)
        settings.network = request.taskNetwork
        settings.rotation = request.rotation
        settings.breaksOnFailure = request.opensShellOnFailure
        let repositories = try GitWorkspaces(
            request.workspaces,
            state: directories.state,
            secrets: GitSecrets(context: context, redactor: redactor)
        )
        settings.ownDirectories = Array(repositories.directories.values)
        let files = try SourceFiles.read(request.files)
        let input = RunInput(
            files,
            namespace: request.namespace,
            gates: request.gates(configuration),
            redactor: redactor
        )
        if !request.usesLocalStore, !request.isDryRun {
            SecretStoreFactory.expect(input.documents.classes.map(\.provider))
        }
        let writer = RunResultWriter(
            terminal: context.terminal,
            format: request.output ?? configuration.output,
            redactor: redactor
        )
        var diagnostics = input.diagnostics
        var plans: [RunPlan] = []
        let fetcher = ReferenceFetcher(
            resolver: ReferenceResolver(
                configuration,
                input,
                namespace: request.namespace,
                cache: directories.cache,
                environment: context.environment
            ),
            gates: request.gates(configuration)
        )
        settings.references = fetcher
        settings.gates = fetcher.gates
        var loader = ReferenceLoader(fetcher: fetcher)
        if !diagnostics.hasErrors {
            plans = try await loader.plan(
                RunPlanner(
                    documents: input.documents,
                    options: try request.options(clones: repositories.directories),
                    settings: settings
                )
            )
            diagnostics.add(loader.diagnostics.ordered)
        }
        if !input.idleKinds.isEmpty {
            let kinds = input.idleKinds.joined(separator: ", ")
            context.terminal.note("tacit: plays no part in a run and is left out: \(kinds)")
        }
        let report = SourceReport(
            files: files + loader.files,
            redactor: redactor,
            terminal: context.terminal
        )
        report.report(diagnostics)
        if diagnostics.hasErrors {
            writer.write([], asList: true)
            return loader.sourceHasFailed ? .storeFailed : .wrongUsage
        }
        if request.isDryRun { return dryRun(plans, writer, asList: request.showsChildren) }
        if settings.breaksOnFailure || plans.contains(where: \.hasBreakpoints) {
            settings.terminal = try terminal(context)
        }
        try makeGitLayer(for: plans, settings, directories)
        return try await RunSequence(
            request: request,
            input: input,
            plans: plans,
            sources: report,
            configuration: configuration,
            settings: settings,
            directories: directories,
            context: context,
            redactor: redactor,
            writer: writer,
            repositories: repositories
        ).run()
    }

    /// The terminal on which breakpoints open their shells; without one a run would stand still for ever.
    private func terminal(_ context: CommandContext) throws(CommandFailure) -> DebugTerminal {
        guard let descriptor = try? FileDescriptor.open("/dev/tty", .readWrite) else {
            throw CommandFailure(
                .hostLacking,
                "breakpoints and `--shell-on-failure` open a shell, and there is no terminal",
                hint: "run it from a terminal, or take `debug.breakpoints` out"
            )
        }
        return DebugTerminal(
            descriptor: SharedDescriptor(descriptor),
            type: context.environment["TERM"] ?? "dumb"
        )
    }

    /// Readies what stands in for the git of images, where a step has such an image.
    private func makeGitLayer(
        for plans: [RunPlan],
        _ settings: RunSettings,
        _ directories: StateDirectory
    ) throws(CommandFailure) {
        let mayNeedIt = plans.contains { plan in
            // Which images the tasks of a pipeline have is known when they are resolved, one by one.
            guard case .taskRun(let plan) = plan else { return true }
            let images = plan.steps.map(\.image) + plan.sidecars.map(\.image)
            return images.contains { settings.images.entry(for: $0)?.hasGit == true }
        }
        if !mayNeedIt { return }
        do {
            try GitLayer(cache: directories.cache).make()
        } catch {
            throw CommandFailure(.hostLacking, "what stands in for git: \(error)")
        }
    }

    /// Prints the objects with their Tasks as resolved; no secret is fetched, nothing runs.
    private func dryRun(
        _ plans: [RunPlan],
        _ writer: RunResultWriter,
        asList: Bool
    ) -> ExitCode {
        var writer = writer
        if writer.format == .text || writer.format == .events { writer.format = .yaml }
        let objects = plans.map { plan in
            plan.json(
                notRun: plan.refusal
                    ?? Condition(.unknown, reason: "Started", message: "not run: --dry-run")
            )
        }
        writer.write(objects, asList: asList || plans.count > 1)
        return plans.contains { $0.refusal != nil } ? .runFailed : .success
    }
}
