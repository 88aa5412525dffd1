// SPDX-License-Identifier: Apache-2.0

/// Which accesses are wanted; what is `nil` does not narrow them.
package struct AccessFilter: Sendable, Hashable {
    /// An object's name (`creds/token`), the first part of one (`creds`), or a file's path.
    package var secret: String?
    /// A Task's name, or a TaskRun's.
    package var task: String?
    package var step: String?
    /// A program's path, or its last part.
    package var executable: String?
    /// In UTC, RFC 3339 with microseconds; that moment included.
    package var since: String?
    /// In UTC, RFC 3339 with microseconds; that moment included.
    package var until: String?

    package init() {}

    package func accepts(_ entry: AccessEntry) -> Bool {
        if let secret, entry.object != secret, entry.path != secret,
            !entry.object.hasPrefix(secret + "/")
        {
            return false
        }
        if let task, entry.task != task, entry.taskRun != task { return false }
        if let step, entry.step != step { return false }
        if let executable, entry.executable != executable,
            !entry.executable.hasSuffix("/" + executable)
        {
            return false
        }
        if let since, entry.time < since { return false }
        if let until, entry.time > until { return false }
        return true
    }
}
