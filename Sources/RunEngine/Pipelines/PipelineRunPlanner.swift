// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
internal import Diagnostics
internal import Platform
internal import Tekton

/// Makes the plan of one PipelineRun.
struct PipelineRunPlanner {
    var planner: RunPlanner
    var candidate: PipelineCandidate

    /// The plan, and what is wrong with what was asked for.
    func plan() throws -> (PipelineRunPlan, [Diagnostic]) {
        var definition = candidate.definition
        if definition.metadata.name.isEmpty {
            definition.metadata.name =
                definition.metadata.generateName + (try planner.randomness.nameSuffix())
        }
        definition.metadata.namespace = planner.namespace(of: definition.metadata)
        let arguments = PipelineArguments(
            planner: planner,
            title: definition.metadata.name,
            isChild: candidate.parent != nil
        )
        arguments.applyIdentity(to: &definition)
        var plan = PipelineRunPlan(
            definition: definition,
            uid: try planner.randomness.uuid(),
            pipelineName: definition.metadata.name,
            planner: planner.ofChildren
        )
        plan.workspaceDirectories = candidate.parent?.workspaceDirectories ?? [:]
        var diagnostics = hostProblems(of: candidate.pipelineRun)
        if let refusal = bornStopped(definition) {
            plan.refusal = refusal
            return (plan, diagnostics)
        }
        guard let (spec, place, found) = findPipeline(&plan, &diagnostics) else {
            return (plan, diagnostics)
        }
        diagnostics += found
        let (directories, problems) = arguments.apply(to: &plan.definition, spec)
        plan.workspaceDirectories.merge(directories) { _, own in own }
        diagnostics += problems
        plan.spec = spec
        plan.refusal =
            PipelineRunPreconditions(
                pipeline: spec,
                definition: plan.definition,
                pipelineName: plan.pipelineName
            ).refusal
        if plan.refusal != nil { return (plan, diagnostics) }
        let builder = PipelineGraphBuilder(planner: planner, declared: spec, place: place)
        diagnostics += try builder.build(&plan)
        return (plan, diagnostics)
    }

    private func hostProblems(of run: ValidatedPipelineRun?) -> [Diagnostic] {
        let host = HostValidation(
            features: HostRequirements.features,
            hostPaths: planner.settings.hostPaths
        )
        return run.map(host.check) ?? []
    }

    /// A run whose `spec.status` keeps it from beginning.
    private func bornStopped(_ definition: PipelineRunDefinition) -> Condition? {
        let name = definition.metadata.name
        switch definition.spec.status {
        case "Cancelled":
            return Condition(
                .failed,
                reason: "Cancelled",
                message: "PipelineRun \"\(name)\" was cancelled"
            )
        case "PipelineRunPending":
            return Condition(
                .unknown,
                reason: "PipelineRunPending",
                message: "PipelineRun \"\(name)\" is pending"
            )
        default: return nil
        }
    }

    /// The pipeline, where it stands, and what is wrong with its document; `nil` when there is none, which
    /// refuses the run.
    private func findPipeline(
        _ plan: inout PipelineRunPlan,
        _ diagnostics: inout [Diagnostic]
    ) -> (PipelineSpec, SpecPlace?, [Diagnostic])? {
        guard let reference = plan.definition.spec.pipelineReference else {
            plan.setPipelineLabel(ofRun: plan.definition)
            plan.pipelines = candidate.parent?.pipelines ?? []
            let place = place.map {
                SpecPlace(manifest: $0.manifest, path: $0.path + ".pipelineSpec")
            }
            return (plan.definition.spec.pipelineSpec ?? PipelineSpec(), place, [])
        }
        let resolved = planner.resolvedPipeline(of: plan.definition, at: place)
        plan.source = resolved?.source
        guard
            let pipeline = resolved?.pipeline
                ?? planner.pipeline(
                    named: reference.name,
                    in: plan.definition.metadata.namespace
                )
        else {
            diagnostics.append(missing(reference))
            plan.refusal = couldNotGet(reference, plan.definition)
            return nil
        }
        plan.pipelineName = pipeline.definition.metadata.name
        let ancestors = candidate.parent?.pipelines ?? []
        // Through a resolver a pipeline reaches itself by another name than its own.
        if ancestors.contains(plan.pipelineName) {
            let refusal = ChildRunMaker.Refusal.cycle(plan.pipelineName, in: ancestors)
            plan.refusal = Condition(.failed, reason: refusal.reason, message: refusal.message)
            return nil
        }
        plan.adopt(pipeline.definition.metadata)
        plan.pipelines = [plan.pipelineName] + ancestors
        let host = HostValidation(
            features: HostRequirements.features,
            hostPaths: planner.settings.hostPaths
        )
        return (
            pipeline.definition.spec, SpecPlace(manifest: pipeline.manifest, path: "spec"),
            host.check(pipeline)
        )
    }

    /// What holds the reference to the pipeline, or the pipeline itself.
    private var place: SpecPlace? {
        candidate.parent?.place
            ?? candidate.pipelineRun.map { SpecPlace(manifest: $0.manifest, path: "spec") }
    }

    private func missing(_ reference: PipelineReference) -> Diagnostic {
        let field =
            reference.resolver.isEmpty ? "spec.pipelineRef.name" : "spec.pipelineRef.resolver"
        let namespace = planner.namespace(of: candidate.definition.metadata)
        return Diagnostic(
            .warning,
            at: candidate.pipelineRun?.manifest.location(ofField: field),
            path: field,
            "no Pipeline `\(reference.name)` in namespace `\(namespace)` among the files",
            hint: planner.hint(forMissingPipeline: reference.name)
        )
    }

    private func couldNotGet(
        _ reference: PipelineReference,
        _ definition: PipelineRunDefinition
    ) -> Condition {
        let name = definition.metadata.name
        return Condition(
            .failed,
            reason: "CouldntGetPipeline",
            message:
                "Error retrieving pipeline for pipelinerun \(definition.metadata.namespace)/\(name): "
                + "error when fetching pipeline for pipelineRun \(name): pipelines.tekton.dev "
                + "\"\(reference.name)\" not found"
        )
    }
}

extension RunPlanner {
    /// For the runs that a PipelineRun makes: what the command line says of params, workspaces and time is
    /// said to the run itself.
    fileprivate var ofChildren: RunPlanner {
        var planner = self
        planner.options.params = []
        planner.options.workspaces = []
        planner.options.timeout = nil
        return planner
    }
}

extension PipelineRunPlan {
    /// The label by which a run whose pipeline is written in it is found.
    fileprivate mutating func setPipelineLabel(ofRun run: PipelineRunDefinition) {
        if definition.metadata.labels["tekton.dev/pipeline"] != nil { return }
        let stem = run.metadata.generateName
        let name = stem.hasSuffix("-") ? String(stem.dropLast()) : stem
        definition.metadata.labels["tekton.dev/pipeline"] = name.isEmpty ? run.metadata.name : name
    }

    /// Takes over the labels and annotations of the Pipeline; the run's own win.
    fileprivate mutating func adopt(_ metadata: ObjectMetadata) {
        definition.metadata.labels.merge(metadata.labels) { own, _ in own }
        definition.metadata.labels["tekton.dev/pipeline"] = metadata.name
        var annotations = metadata.annotations
        annotations["kubectl.kubernetes.io/last-applied-configuration"] = nil
        definition.metadata.annotations.merge(annotations) { own, _ in own }
    }
}
