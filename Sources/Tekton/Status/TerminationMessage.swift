// SPDX-License-Identifier: Apache-2.0
internal import JSON

/// What Tekton's entrypoint leaves for the controller: a step's results and artifacts, in at most 4096 bytes.
package enum TerminationMessage {
    /// Kubernetes' limit for one container.
    package static let byteLimit = 4096

    /// One thing noted: a result, or a file that lists artifacts.
    package struct Entry: Sendable {
        /// Tekton's numbers for them.
        package enum Kind: Int, Sendable {
            case taskResult = 1
            case internalNote = 3
            case stepResult = 4
            case stepArtifacts = 5
            case taskArtifacts = 6
        }

        var key: String
        var text: String
        var type: Kind

        package init(key: String, bytes: [UInt8], type: Kind) {
            self.key = key
            text = String(decoding: bytes, as: UTF8.self)
            self.type = type
        }

        var json: String {
            "{\"key\":\(GoJSONText.of(.string(key))),\"value\":\(GoJSONText.of(.string(text))),"
                + "\"type\":\(type.rawValue)}"
        }
    }

    /// The text that is shown in the step's state; empty when there is nothing to show.
    package static func text(_ entries: [Entry]) -> String {
        entries.isEmpty ? "" : "[" + entries.map(\.json).joined(separator: ",") + "]"
    }

    /// Whether the entries, with what the entrypoint itself notes, fit.
    ///
    /// The start time is always noted; an exit code only when `onError: continue` hides one.
    package static func fits(_ entries: [Entry], hiddenExitCode: Int32?) -> Bool {
        var all = entries
        let time = Array("2006-01-02T15:04:05.000Z".utf8)
        all.append(Entry(key: "StartedAt", bytes: time, type: .internalNote))
        if let hiddenExitCode {
            let code = Array(String(hiddenExitCode).utf8)
            all.append(Entry(key: "ExitCode", bytes: code, type: .internalNote))
        }
        return all.reduce(1 + all.count) { $0 + $1.json.utf8.count } <= byteLimit
    }
}
