// SPDX-License-Identifier: Apache-2.0

/// The rules for what a run puts behind a workspace.
enum WorkspaceBindingChecks {
    static func validate(_ bindings: [WorkspaceBinding]) -> FieldErrors {
        var errors = FieldErrors.none
        for (index, binding) in bindings.enumerated() { errors += validate(binding).at(index) }
        errors += DuplicateNames.byIndex(bindings.map(\.name))
        return errors
    }

    static func validate(_ binding: WorkspaceBinding) -> FieldErrors {
        if binding == WorkspaceBinding() { return .missing("") }
        let sources: [Bool] = [
            binding.volumeClaimTemplate != nil,
            binding.persistentVolumeClaim != nil,
            binding.emptyDirectory != nil,
            binding.configMap != nil,
            binding.secret != nil,
            binding.projected != nil,
            binding.csi != nil,
        ]
        switch sources.count(where: \.self) {
        case 0: return sourceFields(FieldErrors.missingOneOf)
        case 1: return source(of: binding)
        default: return sourceFields(FieldErrors.multipleOneOf)
        }
    }

    private static func sourceFields(_ kind: (String...) -> FieldErrors) -> FieldErrors {
        kind("persistentvolumeclaim", "volumeclaimtemplate", "emptydir", "configmap", "secret")
    }

    private static func source(of binding: WorkspaceBinding) -> FieldErrors {
        if let claim = binding.persistentVolumeClaim, claim.claimName.isEmpty {
            return .missing("persistentvolumeclaim.claimname")
        }
        if let map = binding.configMap, map.name.isEmpty { return .missing("configmap.name") }
        if let secret = binding.secret, secret.secretName.isEmpty {
            return .missing("secret.secretName")
        }
        if let projected = binding.projected, projected.sources.isEmpty {
            return .missing("projected.sources")
        }
        if let csi = binding.csi, csi.driver.isEmpty { return .missing("csi.driver") }
        return .none
    }
}
