// SPDX-License-Identifier: Apache-2.0
internal import Diagnostics
internal import Platform
internal import YAML

/// One file that settings come from, read but not yet believed.
struct ConfigurationFile {
    /// A configuration is small; what is larger is none.
    private static let byteLimit = 1 << 20

    let path: String
    let bytes: [UInt8]
    /// The top-level entries.
    let entries: [YAMLNode.Entry]
    let diagnostics: [Diagnostic]

    /// Reads a file that only its owner and root may have written.
    ///
    /// Returns `nil` when there is no such file.
    static func read(
        _ path: String,
        userID: UInt32,
        mustBeOwn: Bool
    ) throws(CommandFailure) -> ConfigurationFile? {
        let bytes: [UInt8]
        let status: FileStatus
        do {
            let file = try FileDescriptor.open(path)
            status = try FileStatus(of: file)
            bytes = try file.readToEnd(limit: byteLimit)
        } catch {
            if error.code == .notFound || error.code == .notDirectory { return nil }
            throw .usage("cannot read the configuration `\(path)`: \(error.code)")
        }
        if mustBeOwn, status.permissions & 0o022 != 0 || ![0, userID].contains(status.owner) {
            throw .usage(
                "the configuration `\(path)` could have been written by others",
                hint: "`chown` it to yourself and `chmod go-w` it"
            )
        }
        return ConfigurationFile(path: path, bytes: bytes)
    }

    init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
        var (documents, diagnostics) = YAMLParser.parse(bytes, file: path)
        if documents.count > 1 {
            diagnostics.append(
                Diagnostic(at: documents[1].location, "a configuration is one document")
            )
        }
        var entries: [YAMLNode.Entry] = []
        if let root = documents.first {
            if case .mapping(let found) = root.content {
                entries = found
            } else {
                diagnostics.append(Diagnostic(at: root.location, "a configuration is a mapping"))
            }
        }
        self.entries = entries
        self.diagnostics = diagnostics
    }
}
