// SPDX-License-Identifier: Apache-2.0
internal import JSON

/// What Tekton's entrypoint leaves for the controller: a step's results, in at most 4096 bytes.
package enum TerminationMessage {
    /// Kubernetes' limit for one container.
    package static let byteLimit = 4096

    /// The text of the results that are shown in the step's state; empty when there are none.
    package static func text(
        taskResults: [(name: String, text: String)],
        stepResults: [(name: String, text: String)]
    ) -> String {
        let entries =
            taskResults.map { entry($0.name, $0.text, type: 1) }
            + stepResults.map { entry($0.name, $0.text, type: 4) }
        return entries.isEmpty ? "" : "[" + entries.joined(separator: ",") + "]"
    }

    /// Whether the results, with what the entrypoint itself notes, fit.
    ///
    /// The start time is always noted; an exit code only when `onError: continue` hides one.
    package static func fits(
        taskResults: [(name: String, text: String)],
        stepResults: [(name: String, text: String)],
        hiddenExitCode: Int32?
    ) -> Bool {
        var entries =
            taskResults.map { entry($0.name, $0.text, type: 1) }
            + stepResults.map { entry($0.name, $0.text, type: 4) }
        entries.append(entry("StartedAt", "2006-01-02T15:04:05.000Z", type: 3))
        if let hiddenExitCode { entries.append(entry("ExitCode", String(hiddenExitCode), type: 3)) }
        let byteCount = entries.reduce(1 + entries.count) { $0 + $1.utf8.count }
        return byteCount <= byteLimit
    }

    private static func entry(_ key: String, _ value: String, type: Int) -> String {
        "{\"key\":\(GoJSONText.of(.string(key))),\"value\":\(GoJSONText.of(.string(value))),"
            + "\"type\":\(type)}"
    }
}
