// SPDX-License-Identifier: Apache-2.0
internal import Diagnostics
internal import JSON
internal import Platform
internal import YAML

/// Puts the configuration together from its sources, key by key.
struct ConfigurationLoader {
    /// The project's file; `nil` where there is none.
    var project: ConfigurationFile?
    /// Whether the user trusts the project's file as it is.
    var projectIsTrusted = false
    /// The user's own files, the one that counts first.
    var files: [ConfigurationFile] = []
    var environment: [String: String] = [:]
    var home: String?

    /// The value of each key that some file sets.
    private typealias Chosen = [ConfigurationKey: (entry: YAMLNode.Entry, isProject: Bool)]

    /// What all sources together say, and everything that is wrong with them.
    func load() -> (configuration: Configuration, diagnostics: DiagnosticList) {
        var diagnostics = DiagnosticList()
        var chosen: Chosen = [:]
        for file in [project].compactMap({ $0 }) + files {
            diagnostics.add(file.diagnostics)
            choose(from: file, isProject: file.path == project?.path, &chosen, &diagnostics)
        }
        var configuration = Configuration()
        var reader = ConfigurationReader(home: home)
        var origins: [ConfigurationKey: SettingOrigin] = [:]
        for key in ConfigurationKey.allCases {
            guard let (entry, isProject) = chosen[key] else { continue }
            let allowsPaths = !isProject || projectIsTrusted
            configuration.take(key, entry.value, &reader, allowsPaths: allowsPaths)
            origins[key] = .file(entry.key.location)
        }
        takeEnvironment(&configuration, &origins, &reader)
        diagnostics.add(reader.diagnostics)
        configuration.entries = ConfigurationKey.allCases.map { key in
            let value = configuration.value(of: key, as: chosen[key]?.entry.value)
            return .init(key: key, value: value, origin: origins[key] ?? .builtIn)
        }
        return (configuration, diagnostics)
    }

    private func choose(
        from file: ConfigurationFile,
        isProject: Bool,
        _ chosen: inout Chosen,
        _ diagnostics: inout DiagnosticList
    ) {
        for entry in file.entries {
            guard let key = ConfigurationKey(rawValue: entry.name) else {
                let known = ConfigurationKey.allCases.map(\.rawValue)
                let hint = NearMiss.hint(for: entry.name, among: known)
                diagnostics.add(
                    Diagnostic(at: entry.key.location, "unknown key `\(entry.name)`", hint: hint)
                )
                continue
            }
            if isProject, !projectIsTrusted, !key.isHarmless {
                diagnostics.add(
                    Diagnostic(
                        at: entry.key.location,
                        "a project may not set `\(key.rawValue)`: it decides what the host gives away",
                        hint: "read the file, then run `tacit trust` on its directory"
                    )
                )
            } else if chosen[key] == nil {
                chosen[key] = (entry, isProject)
            }
        }
    }

    private func takeEnvironment(
        _ configuration: inout Configuration,
        _ origins: inout [ConfigurationKey: SettingOrigin],
        _ reader: inout ConfigurationReader
    ) {
        if let text = environment["TACIT_OUTPUT"], !text.isEmpty {
            origins[.output] = .environment("TACIT_OUTPUT")
            if let format = OutputFormat(rawValue: text) {
                configuration.output = format
            } else {
                let choices = OutputFormat.allCases.map { "`\($0.rawValue)`" }.joined(
                    separator: ", "
                )
                reader.diagnostics.append(Diagnostic(path: "TACIT_OUTPUT", "must be \(choices)"))
            }
        }
        if let text = environment["TACIT_PARALLEL_TASKS"], !text.isEmpty {
            origins[.parallelTasks] = .environment("TACIT_PARALLEL_TASKS")
            configuration.parallelTasks = Int(text)
            if configuration.parallelTasks.map((1...1024).contains) != true {
                reader.diagnostics.append(
                    Diagnostic(path: "TACIT_PARALLEL_TASKS", "must be a number from 1 to 1024")
                )
            }
        }
        if let text = environment["TACIT_TIMESTAMPS"], !text.isEmpty {
            origins[.logs] = .environment("TACIT_TIMESTAMPS")
            configuration.hasTimestamps = text == "true"
            if text != "true", text != "false" {
                reader.diagnostics.append(
                    Diagnostic(path: "TACIT_TIMESTAMPS", "must be true or false")
                )
            }
        }
    }
}

extension Configuration {
    /// What `tacit config show` prints for a key: what was written, or what counts without it.
    fileprivate func value(of key: ConfigurationKey, as node: YAMLNode?) -> JSONValue {
        switch key {
        case .output: .string(output.rawValue)
        case .logs: .object(["timestamps": .bool(hasTimestamps)])
        case .parallelTasks: .integer(parallelTasks ?? CurrentProcess.processorCount)
        case .sizes where node == nil: .object(["secrets": .integer(secretByteLimit)])
        case .audit where node == nil:
            .object(["journal": .bool(copiesToJournal), "runSize": .integer(recordByteLimit)])
        case .serviceAccounts, .hostPaths, .toolPaths: node?.json ?? .array([])
        default: node?.json ?? .object([:])
        }
    }
}
