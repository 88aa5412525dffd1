// SPDX-License-Identifier: Apache-2.0
internal import Diagnostics
internal import JSON
internal import Tekton

extension HostRequirements {
    /// What the sidecars ask for that cannot be had here.
    func checkSidecars() -> [Diagnostic] {
        var diagnostics: [Diagnostic] = []
        var names: Set<String> = []
        for (index, sidecar) in plan.sidecars.enumerated() {
            let path = "sidecars[\(index)]"
            let title = "sidecar `\(sidecar.name.isEmpty ? "unnamed" : sidecar.name)`"
            if !names.insert(sidecar.containerName).inserted {
                diagnostics.append(refused("\(path).name", title, "another one has the same name"))
            }
            diagnostics += checkMounts(of: sidecar.step, path, title)
            diagnostics += checkProgram(of: sidecar.step, path, title)
            diagnostics += checkProbes(of: sidecar, path, title)
        }
        return diagnostics
    }

    private func checkProbes(
        of sidecar: SidecarDefinition,
        _ path: String,
        _ title: String
    ) -> [Diagnostic] {
        var diagnostics: [Diagnostic] = []
        if sidecar.livenessProbe != nil {
            diagnostics.append(
                refused("\(path).livenessProbe", title, "`livenessProbe` cannot be had on a host")
            )
        }
        let probes = [
            ("readinessProbe", sidecar.readinessProbe), ("startupProbe", sidecar.startupProbe),
        ]
        for case (let field, let definition?) in probes {
            do {
                _ = try SidecarProbe(definition, ports: sidecar.ports)
            } catch {
                let place = error.field.isEmpty ? "" : "." + error.field
                diagnostics.append(refused("\(path).\(field)\(place)", title, error.message))
            }
        }
        return diagnostics
    }
}
