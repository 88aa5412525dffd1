// SPDX-License-Identifier: Apache-2.0

extension WorkspaceDeclaration {
    /// Where the workspace is mounted: as declared, else `/workspace/<name>`.
    package var effectiveMountPath: String {
        mountPath.isEmpty ? "/workspace/\(name)" : mountPath
    }
}
