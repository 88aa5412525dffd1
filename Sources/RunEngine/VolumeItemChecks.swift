// SPDX-License-Identifier: Apache-2.0
internal import Tekton

/// The paths at which a volume's files are to lie, which Kubernetes would check with the pod.
struct VolumeItemChecks {
    struct Problem {
        /// Of the volume.
        var field: String
        var message: String
    }

    var volume: VolumeDefinition

    var problems: [Problem] {
        var problems: [Problem] = []
        if let secret = volume.secret { problems += check(secret.items.map(\.path), "secret") }
        if let map = volume.configMap { problems += check(map.items.map(\.path), "configMap") }
        if let fields = volume.downwardAPI {
            problems += check(fields.items.map(\.path), "downwardAPI")
        }
        for (index, source) in (volume.projected?.sources ?? []).enumerated() {
            let field = "projected.sources[\(index)]"
            problems += check((source.secret?.items ?? []).map(\.path), "\(field).secret")
            problems += check((source.configMap?.items ?? []).map(\.path), "\(field).configMap")
            problems += check((source.downwardAPI?.items ?? []).map(\.path), "\(field).downwardAPI")
        }
        return problems
    }

    private func check(_ paths: [String], _ source: String) -> [Problem] {
        var problems: [Problem] = []
        let parts = paths.map { $0.split(separator: "/", omittingEmptySubsequences: false) }
        for (index, path) in parts.enumerated() {
            let field = "\(source).items[\(index)].path"
            if path.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." || $0.utf8.count > 255 }
            )
                || paths[index].contains("\0")
            {
                problems.append(
                    Problem(
                        field: field,
                        message: "`\(paths[index])` must be a relative path without `.` and `..`"
                    )
                )
            } else if let other = parts[..<index].first(where: { $0 == path }) {
                problems.append(
                    Problem(
                        field: field,
                        message: "another item is at `\(other.joined(separator: "/"))`, too"
                    )
                )
            } else if parts.contains(where: { $0.count > path.count && $0.starts(with: path) }) {
                problems.append(
                    Problem(
                        field: field,
                        message: "another item needs a directory `\(paths[index])`"
                    )
                )
            }
        }
        return problems
    }
}
