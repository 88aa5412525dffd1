// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// Finds and reads the FILEs of a command line.
///
/// A directory stands for its `*.yaml`, `*.yml` and `*.json`, recursively, sorted; hidden names and links
/// that lead out of it are left out. `-` is standard input. None at all means `.tekton/`, then
/// `pipeline.yaml` and `task.yaml` of the current directory.
struct SourceFiles {
    static let byteLimit = 16 * 1024 * 1024

    /// Reads them all.
    static func read(_ operands: [String]) throws(CommandFailure) -> [SourceFile] {
        var files: [SourceFile] = []
        for operand in operands.isEmpty ? try defaults() : operands {
            if operand == "-" {
                files.append(SourceFile(name: "-", bytes: try readStandardInput()))
            } else if FileStatus.isDirectory(operand) {
                try collect(directory: operand, root: resolved(operand), into: &files)
            } else {
                files.append(try read(file: operand))
            }
        }
        if files.isEmpty {
            throw .usage(
                "no YAML or JSON in `\(operands.joined(separator: "`, `"))`",
                hint: "files end in .yaml, .yml or .json"
            )
        }
        return files
    }

    private static func defaults() throws(CommandFailure) -> [String] {
        let found = [".tekton", "pipeline.yaml", "task.yaml"].filter {
            (try? FileStatus(of: $0)) != nil
        }
        if found.isEmpty {
            throw .usage(
                "no file was named, and here is no `.tekton/`, `pipeline.yaml` or `task.yaml`",
                hint: "name the files, or `-` for standard input"
            )
        }
        return found
    }

    private static func collect(
        directory: String,
        root: String,
        into files: inout [SourceFile]
    ) throws(CommandFailure) {
        let names: [String]
        do { names = try Directory.names(in: directory) } catch { throw failure(directory, error) }
        for name in names where !name.hasPrefix(".") {
            let path = directory.hasSuffix("/") ? directory + name : "\(directory)/\(name)"
            guard let status = try? FileStatus(of: path, followingLinks: false) else { continue }
            var kind = status.kind
            if kind == .link {
                let target = resolved(path)
                guard target.hasPrefix(root + "/") else { continue }
                // A linked directory is found at its own place; following it could go round in circles.
                kind = FileStatus.isDirectory(path) ? .other : .regular
            }
            if kind == .directory {
                try collect(directory: path, root: root, into: &files)
            } else if kind == .regular, isManifest(name) {
                files.append(try read(file: path))
            }
        }
    }

    private static func isManifest(_ name: String) -> Bool {
        [".yaml", ".yml", ".json"].contains { name.hasSuffix($0) }
    }

    private static func read(file path: String) throws(CommandFailure) -> SourceFile {
        do {
            let file = try FileDescriptor.open(path)
            return SourceFile(name: path, bytes: try file.readToEnd(limit: byteLimit))
        } catch {
            throw failure(path, error)
        }
    }

    private static func readStandardInput() throws(CommandFailure) -> [UInt8] {
        do {
            return try FileDescriptor.standardInput().readToEnd(limit: byteLimit)
        } catch {
            throw failure("-", error)
        }
    }

    private static func resolved(_ path: String) -> String {
        (try? Path.resolved(path)) ?? path
    }

    private static func failure(_ path: String, _ error: SystemError) -> CommandFailure {
        if error.code == .fileTooLarge {
            return .usage("`\(path)` is larger than 16 MiB")
        }
        return .usage("cannot read `\(path)`: \(error.code)")
    }
}
