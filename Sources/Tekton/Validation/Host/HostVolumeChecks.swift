// SPDX-License-Identifier: Apache-2.0

/// What a host cannot mount.
struct HostVolumeChecks {
    var host: HostValidation

    func volume(_ volume: VolumeDefinition) -> HostFindings {
        var findings = HostFindings.none
        for kind in volume.uninterpreted.keys.sorted() {
            findings += .refused(
                "volume `\(volume.name)` is of kind `\(kind)`, which only a cluster has",
                at: kind
            )
        }
        if let hostPath = volume.hostPath { findings += directory(hostPath) }
        if volume.persistentVolumeClaim != nil {
            findings += host.needs(.persistentVolumeClaims, at: "persistentVolumeClaim")
        }
        if let csi = volume.csi { findings += self.csi(csi) }
        if let projected = volume.projected { findings += self.projected(projected) }
        if let downward = volume.downwardAPI {
            findings += host.needs(.downwardAPI, at: "downwardAPI")
            findings += items(downward).at("downwardAPI")
        }
        return findings
    }

    func binding(_ binding: WorkspaceBinding) -> HostFindings {
        var findings = HostFindings.none
        if binding.volumeClaimTemplate != nil {
            findings += host.needs(.volumeClaimTemplates, at: "volumeClaimTemplate")
        }
        if binding.persistentVolumeClaim != nil {
            findings += host.needs(.persistentVolumeClaims, at: "persistentVolumeClaim")
        }
        if let csi = binding.csi { findings += self.csi(csi) }
        if let projected = binding.projected { findings += self.projected(projected) }
        return findings
    }

    private func directory(_ source: HostPathSource) -> HostFindings {
        guard !host.allows(hostPath: source.path) else { return .none }
        return .refused(
            "the host's directory `\(source.path)` may not be named by a volume",
            at: "hostPath.path",
            hint: "allow it in the configuration: `hostPaths: [\(CleanPath.of(source.path))]`"
        )
    }

    private func csi(_ source: CSISource) -> HostFindings {
        guard host.csiDrivers.contains(source.driver) else {
            return .refused(
                "CSI driver `\(source.driver)` is not on a host; what is:"
                    + " \(host.csiDrivers.sorted().joined(separator: ", "))",
                at: "csi.driver"
            )
        }
        return host.needs(.csiVolumes, at: "csi")
    }

    private func projected(_ source: ProjectedSource) -> HostFindings {
        var findings = host.needs(.projectedVolumes, at: "")
        for (index, part) in source.sources.enumerated() {
            var found = HostFindings.none
            for kind in part.uninterpreted.keys.sorted() {
                found += .refused("source `\(kind)` is something only a cluster has", at: kind)
            }
            if let downward = part.downwardAPI { found += items(downward).at("downwardAPI") }
            findings += found.at("sources", index)
        }
        return findings.at("projected")
    }

    private func items(_ source: DownwardAPISource) -> HostFindings {
        var findings = HostFindings.none
        for (index, item) in source.items.enumerated() {
            var found = HostFindings.none
            if item.uninterpreted["resourceFieldRef"] != nil {
                found += .refused("a step has no resources to tell of", at: "resourceFieldRef")
            }
            if let field = item.fieldRef, !HostTaskChecks.isKnown(field: field.fieldPath) {
                found += HostTaskChecks.unknown(
                    field: field.fieldPath,
                    at: "fieldRef.fieldPath"
                )
            }
            findings += found.at("items", index)
        }
        return findings
    }
}
