// SPDX-License-Identifier: Apache-2.0

extension VolumeDefinition {
    /// Replaces references in the names, keys and attributes that Tekton lets take them.
    mutating func substitute(_ replacements: Replacements) {
        name = replacements.apply(to: name)
        if let source = configMap {
            configMap?.name = replacements.apply(to: source.name)
            configMap?.items = source.items.map { $0.substituted(replacements) }
        }
        if let source = secret {
            secret?.secretName = replacements.apply(to: source.secretName)
            secret?.items = source.items.map { $0.substituted(replacements) }
        }
        if let claim = persistentVolumeClaim?.claimName {
            persistentVolumeClaim?.claimName = replacements.apply(to: claim)
        }
        if let sources = projected?.sources {
            projected?.sources = sources.map { $0.substituted(replacements) }
        }
        csi?.substitute(replacements)
    }
}

extension CSISource {
    mutating func substitute(_ replacements: Replacements) {
        volumeAttributes = volumeAttributes.mapValues { replacements.apply(to: $0) }
        if let name = nodePublishSecretName?.name {
            nodePublishSecretName?.name = replacements.apply(to: name)
        }
    }
}

extension KeyItem {
    fileprivate func substituted(_ replacements: Replacements) -> KeyItem {
        var item = self
        item.key = replacements.apply(to: key)
        item.path = replacements.apply(to: path)
        return item
    }
}

extension VolumeProjection {
    fileprivate func substituted(_ replacements: Replacements) -> VolumeProjection {
        var projection = self
        if let name = secret?.name { projection.secret?.name = replacements.apply(to: name) }
        if let name = configMap?.name { projection.configMap?.name = replacements.apply(to: name) }
        return projection
    }
}
