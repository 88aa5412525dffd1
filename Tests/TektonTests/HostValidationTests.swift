// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import Testing

@testable import Tekton

struct HostValidationTests {
    private static let everything = HostValidation(features: Set(HostFeature.allCases))

    private func check(_ spec: String, _ host: HostValidation) throws -> [Diagnostic] {
        let manifest = try Manifest.parse(
            "apiVersion: tekton.dev/v1\nkind: TaskRun\nmetadata: {name: a}\nspec: \(spec)\n"
        )
        let (run, problems) = ValidatedTaskRun.validate(manifest, gates: FeatureGates(.alpha))
        #expect(problems.isEmpty)
        return host.check(try #require(run))
    }

    private func errors(_ spec: String, _ host: HostValidation) throws -> [String] {
        try check(spec, host).filter { $0.severity == .error }.map(\.path)
    }

    @Test func `what a host can do passes`() throws {
        let spec = """
            {taskSpec: {volumes: [{name: a}, {name: b, secret: {secretName: s}},
              {name: c, csi: {driver: secrets-store.csi.k8s.io}}], steps: [{image: i,
              securityContext: {runAsUser: 1, seccompProfile: {type: RuntimeDefault}},
              env: [{name: M, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]}]},
              workspaces: [{name: w, emptyDir: {}}]}
            """
        #expect(try check(spec, Self.everything).isEmpty)
    }

    @Test(arguments: [
        ("volumes: [{name: v, hostPath: {path: /etc}}]", "volumes[0].hostPath.path"),
        ("volumes: [{name: v, nfs: {server: s, path: /}}]", "volumes[0].nfs"),
        ("volumes: [{name: v, csi: {driver: d}}]", "volumes[0].csi.driver"),
        (
            "volumes: [{name: v, projected: {sources: [{serviceAccountToken: {path: t}}]}}]",
            "volumes[0].projected.sources[0].serviceAccountToken"
        ),
        (
            "volumes: [{name: v, downwardAPI: {items: [{path: p, fieldRef: {fieldPath: status.podIP}}]}}]",
            "volumes[0].downwardAPI.items[0].fieldRef.fieldPath"
        ),
    ])
    func `a volume that only a cluster has is refused`(field: String, path: String) throws {
        let found = try errors("{taskSpec: {steps: [{image: i}], \(field)}}", Self.everything)
        #expect(found == ["spec.taskSpec.\(path)"])
    }

    @Test(arguments: [
        ("securityContext: {privileged: true}", "securityContext.privileged"),
        ("securityContext: {procMount: Unmasked}", "securityContext.procMount"),
        ("volumeDevices: [{name: d, devicePath: /dev/x}]", "volumeDevices"),
        (
            "env: [{name: M, valueFrom: {resourceFieldRef: {resource: limits.cpu}}}]",
            "env[0].valueFrom.resourceFieldRef"
        ),
        ("script: \"#!win\"", "script"),
    ])
    func `a step's demand that only a cluster meets is refused`(
        field: String,
        path: String
    ) throws {
        let found = try errors("{taskSpec: {steps: [{image: i, \(field)}]}}", Self.everything)
        #expect(found == ["spec.taskSpec.steps[0].\(path)"])
    }

    @Test(arguments: [
        (HostFeature.sidecars, "taskSpec: {steps: [{image: i}], sidecars: [{name: s, image: i}]}"),
        (
            .persistentVolumeClaims,
            "taskRef: {name: t}, workspaces: [{name: w, persistentVolumeClaim: {claimName: c}}]"
        ),
        (
            .volumeClaimTemplates,
            "taskRef: {name: t}, workspaces: [{name: w, volumeClaimTemplate: {}}]"
        ),
        (
            .csiVolumes,
            "taskSpec: {steps: [{image: i}], volumes: [{name: v, csi: {driver: secrets-store.csi.k8s.io}}]}"
        ),
        (
            .projectedVolumes,
            "taskRef: {name: t}, workspaces: [{name: w, projected: {sources: [{}]}}]"
        ),
        (.downwardAPI, "taskSpec: {steps: [{image: i}], volumes: [{name: v, downwardAPI: {}}]}"),
        (.taskResolvers, "taskRef: {resolver: git}"),
        (.stepActionResolvers, "taskSpec: {steps: [{ref: {resolver: git}}]}"),
        (.breakpoints, "taskRef: {name: t}, debug: {breakpoints: {onFailure: enabled}}"),
        (.celExpressions, "taskSpec: {steps: [{image: i, when: [{cel: \"true\"}]}]}"),
        (.outputCopies, "taskSpec: {steps: [{image: i, stdoutConfig: {path: /a}}]}"),
        (.artifacts, "taskSpec: {steps: [{image: i, script: $(step.artifacts.path)}]}"),
        (.hostAliases, "taskRef: {name: t}, podTemplate: {hostAliases: [{ip: 1.2.3.4}]}"),
    ])
    func `what a build may not have yet is refused only where it is missing`(
        feature: HostFeature,
        spec: String
    ) throws {
        #expect(try errors("{\(spec)}", Self.everything).isEmpty)
        var lacking = Self.everything
        lacking.features.remove(feature)
        let found = try check("{\(spec)}", lacking)
        #expect(found.count == 1)
        #expect(found.first?.message == "\(feature.noun) are not supported on a host yet")
    }

    @Test func `a host path passes when the configuration has it or a directory above it`() throws {
        func isAllowed(_ path: String) throws -> Bool {
            var host = Self.everything
            host.hostPaths = ["/srv/cache/"]
            return try errors(
                "{taskSpec: {steps: [{image: i}], volumes: [{name: v, hostPath: {path: \(path)}}]}}",
                host
            ).isEmpty
        }
        #expect(try isAllowed("/srv/cache"))
        #expect(try isAllowed("/srv/cache/go"))
        #expect(try !isAllowed("/srv/cachet"))
        #expect(try !isAllowed("/srv/cache/../secret"))
    }

    @Test func `scheduling has no effect, which is said once for each field`() throws {
        let found = try check(
            "{taskRef: {name: t}, podTemplate: {nodeSelector: {a: b}, tolerations: []}}",
            Self.everything
        )
        #expect(found.map(\.severity) == [.warning, .warning])
        #expect(
            found.map(\.path) == ["spec.podTemplate.nodeSelector", "spec.podTemplate.tolerations"]
        )
    }

    @Test func `custom tasks and child pipelines are refused in a pipeline`() throws {
        let manifest = try Manifest.parse(
            """
            apiVersion: tekton.dev/v1
            kind: Pipeline
            metadata: {name: p}
            spec:
              tasks:
              - {name: a, taskRef: {name: t, kind: Wait, apiVersion: example.com/v1}}
              - {name: b, pipelineRef: {name: q}}
            """
        )
        let pipeline = ValidatedPipeline.validate(manifest, gates: FeatureGates(.alpha)).pipeline
        var host = Self.everything
        host.features.remove(.childPipelines)
        let found = host.check(try #require(pipeline))
        #expect(found.map(\.path) == ["spec.tasks[0].taskRef.kind", "spec.tasks[1].pipelineRef"])
    }
}
