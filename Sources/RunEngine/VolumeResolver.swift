// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
internal import Platform
internal import SecretFS
internal import Secrets
internal import Tekton

/// Turns a Task's volumes into what they are on this host.
struct VolumeResolver {
    /// The only CSI driver that means something here.
    static let csiDriver = "secrets-store.csi.k8s.io"

    var catalog: ObjectCatalog
    /// The files of the fetched classes, by volume name.
    var classFiles: [String: [FetchedSecret]]
    var pod: PodIdentity
    /// See `RunSettings.claimDirectory`.
    var claimDirectory: String

    /// What `volume` is; a volume without a source is an empty directory, as Kubernetes has it.
    func resolve(_ volume: VolumeDefinition) throws -> TaskVolume {
        if volume.csi != nil { return .files(fetchedFiles(of: volume.name)) }
        if let source = volume.secret {
            return .files(try files(of: source))
        }
        if let source = volume.configMap {
            return .files(try files(of: source, defaultMode: source.defaultMode ?? 0o644))
        }
        if let source = volume.downwardAPI {
            return .files(try files(of: source, defaultMode: source.defaultMode ?? 0o644))
        }
        if let source = volume.projected { return .files(try files(of: source)) }
        if let claim = volume.persistentVolumeClaim {
            let path = "\(claimDirectory)/\(pod.namespace)/\(claim.claimName)"
            try Directory.create(path, permissions: 0o700)
            return .host(path)
        }
        return .directory("volumes/\(volume.name)")
    }

    private func fetchedFiles(of volume: String) -> [SecretFile] {
        guard let fetched = classFiles[volume] else {
            preconditionFailure("every class is fetched before its TaskRun starts")
        }
        return fetched.map { SecretFile(path: $0.path, mode: $0.mode, content: $0.version) }
    }

    /// Every key of a Secret that is there as a file.
    func files(ofSecret name: String) throws -> [SecretFile] {
        var source = SecretSource()
        source.secretName = name
        return try files(of: source)
    }

    private func files(of source: SecretSource) throws -> [SecretFile] {
        guard let values = catalog.secret(source.secretName, in: pod.namespace) else {
            if source.isOptional == true { return [] }
            throw ContainerConfigError(message: "secrets \"\(source.secretName)\" not found")
        }
        return try pick(
            source.items,
            from: values,
            kind: "secret",
            isOptional: source.isOptional == true,
            defaultMode: source.defaultMode ?? 0o644,
            isAudited: true
        )
    }

    private func files(of source: ConfigMapSource, defaultMode: Int64) throws -> [SecretFile] {
        guard let values = catalog.configMap(source.name, in: pod.namespace) else {
            if source.isOptional == true { return [] }
            throw ContainerConfigError(message: "configmaps \"\(source.name)\" not found")
        }
        return try pick(
            source.items,
            from: values,
            kind: "config",
            isOptional: source.isOptional == true,
            defaultMode: defaultMode,
            isAudited: false
        )
    }

    private func files(
        of source: DownwardAPISource,
        defaultMode: Int64
    ) throws -> [SecretFile] {
        try source.items.map { item in
            let path = item.fieldRef?.fieldPath ?? ""
            guard let text = pod.value(ofField: path) else {
                throw ContainerConfigError(message: "unsupported fieldPath: \(path)")
            }
            let version = SecretVersion(
                name: item.path,
                value: try LockedBytes(copying: Array(text.utf8).span)
            )
            return SecretFile(
                path: item.path,
                mode: UInt16(truncatingIfNeeded: (item.mode ?? defaultMode) & 0o777),
                content: version,
                isAudited: false
            )
        }
    }

    private func files(of source: ProjectedSource) throws -> [SecretFile] {
        let defaultMode = source.defaultMode ?? 0o644
        var files: [SecretFile] = []
        for projection in source.sources {
            if let secret = projection.secret {
                var single = SecretSource()
                single.secretName = secret.name
                single.items = secret.items
                single.isOptional = secret.isOptional
                single.defaultMode = defaultMode
                files += try self.files(of: single)
            }
            if let configMap = projection.configMap {
                files += try self.files(of: configMap, defaultMode: defaultMode)
            }
            if let downwardAPI = projection.downwardAPI {
                files += try self.files(of: downwardAPI, defaultMode: defaultMode)
            }
        }
        // Of sources that make the same file the later one wins, as for the kubelet.
        let last = Dictionary(files.enumerated().map { ($0.element.path, $0.offset) }) { $1 }
        return files.enumerated().filter { last[$0.element.path] == $0.offset }.map(\.element)
    }

    /// All keys as files of their names, or the listed ones at their paths.
    private func pick(
        _ items: [KeyItem],
        from values: [String: SecretVersion],
        kind: String,
        isOptional: Bool,
        defaultMode: Int64,
        isAudited: Bool
    ) throws -> [SecretFile] {
        if items.isEmpty {
            return values.sorted { $0.key < $1.key }.map { key, version in
                SecretFile(
                    path: key,
                    mode: UInt16(truncatingIfNeeded: (defaultMode) & 0o777),
                    content: version,
                    isAudited: isAudited
                )
            }
        }
        return try items.compactMap { item in
            guard let version = values[item.key] else {
                if isOptional { return nil }
                throw ContainerConfigError(
                    message: "references non-existent \(kind) key: \(item.key)"
                )
            }
            return SecretFile(
                path: item.path,
                mode: UInt16(truncatingIfNeeded: (item.mode ?? defaultMode) & 0o777),
                content: version,
                isAudited: isAudited
            )
        }
    }
}
