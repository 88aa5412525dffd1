// SPDX-License-Identifier: Apache-2.0

/// What the command line says of a run.
package struct RunOptions: Sendable {
    /// A value given with `-p`, before its param's type is known.
    package struct ParamArgument: Sendable, Hashable {
        package var name: String
        package var text: String

        package init(name: String, text: String) {
            self.name = name
            self.text = text
        }
    }

    /// Where a workspace given with `-w` comes from.
    package enum WorkspaceSource: Sendable, Hashable {
        /// A directory of the host, by absolute path.
        case directory(String)
        case emptyDirectory
        case secret(String)
        case configMap(String)
    }

    package var params: [ParamArgument] = []
    package var workspaces: [(name: String, source: WorkspaceSource)] = []
    package var serviceAccount: String?
    package var namespace: String?
    /// The Task to run, where there are several or TaskRuns besides.
    package var task: String?
    /// The Pipeline to run, where there are several or runs besides.
    package var pipeline: String?
    /// Overrides the run's timeout.
    package var timeout: Duration?

    package init() {}
}
