// SPDX-License-Identifier: Apache-2.0

extension WorkspaceBinding {
    /// Replaces references in the binding's path and in the names within its source.
    ///
    /// Source: `ReplaceWorkspaceBindingsVars` of Tekton.
    package mutating func substitute(_ replacements: Replacements) {
        subPath = replacements.apply(to: subPath)
        // The same fields of a volume take references.
        var volume = VolumeDefinition()
        volume.persistentVolumeClaim = persistentVolumeClaim
        volume.configMap = configMap
        volume.secret = secret
        volume.projected = projected
        volume.csi = csi
        volume.substitute(replacements)
        persistentVolumeClaim = volume.persistentVolumeClaim
        configMap = volume.configMap
        secret = volume.secret
        projected = volume.projected
        csi = volume.csi
        if let driver = csi?.driver { csi?.driver = replacements.apply(to: driver) }
    }
}
