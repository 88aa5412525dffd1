// SPDX-License-Identifier: Apache-2.0
internal import Platform
internal import RunEngine

extension RunSettings {
    /// What the user's configuration says of every run; Tacit's own directories are hidden.
    init(_ configuration: Configuration, _ directories: StateDirectory) throws(CommandFailure) {
        self.init()
        hiddenDirectories = directories.hidden
        toolPaths = configuration.toolPaths.map { (try? Path.resolved($0)) ?? $0 }
        hostPaths = configuration.hostPaths.map { (try? Path.resolved($0)) ?? $0 }
        serviceAccounts = configuration.serviceAccounts
        hasNoCredentials = configuration.featureFlags["disable-creds-init"] == "true"
        let state = (try? Path.resolved(directories.state)) ?? directories.state
        claimDirectory = "\(state)/claims"
        parallelTasks = configuration.parallelTasks ?? CurrentProcess.processorCount
        overlayByteLimit = configuration.stepRootByteLimit
        taskByteLimit = configuration.taskByteLimit
        memoryByteLimit = configuration.memoryByteLimit
        processLimit = configuration.processLimit
        let user = CurrentProcess.userID
        isOrdinaryUser = user != 0
        if isOrdinaryUser {
            highestUserID =
                SubordinateIDs(ofUser: user).map { min($0.users.count, $0.groups.count) } ?? 0
        }
        var entries: [ImageTable.Entry] = []
        for rule in configuration.images { entries.append(try RunSettings.entry(for: rule)) }
        let shell = BusyboxLayer(cache: directories.cache).path
        let git = GitLayer(cache: directories.cache).path
        images = ImageTable(
            entries: (entries + ImageTable.builtIn.entries).map { entry in
                var entry = entry
                if entry.hasBusybox, let shell { entry.layers.append(shell) }
                if entry.hasGit, let git { entry.layers.append(git) }
                return entry
            }
        )
    }

    /// A rule without an entrypoint keeps what is known of the image.
    private static func entry(for rule: ImageRule) throws(CommandFailure) -> ImageTable.Entry {
        let known = ImageTable.builtIn.entry(for: rule.pattern)
        let entrypoint = rule.entrypoint.isEmpty ? known?.entrypoint ?? [] : rule.entrypoint
        var layers: [String] = []
        switch rule.standIn {
        case .host: break
        case .layer(let path): layers = [path]
        case .namedLayer(let name): layers = ["\(installedImages)/\(name)"]
        }
        for layer in layers where !FileStatus.isDirectory(layer) {
            throw .usage("image `\(rule.pattern)`: no directory `\(layer)` to stand in for it")
        }
        return ImageTable.Entry(
            pattern: rule.pattern,
            entrypoint: entrypoint,
            layers: layers,
            hasBusybox: known?.hasBusybox ?? false,
            hasGit: known?.hasGit ?? false
        )
    }

    /// Where `make install` puts what stands in for images.
    private static let installedImages = "/usr/local/share/tacit/images"
}
