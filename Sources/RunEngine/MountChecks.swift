// SPDX-License-Identifier: Apache-2.0
internal import Tekton

/// What a container's mounts and variables cannot be, which Kubernetes would say of the pod.
struct MountChecks {
    struct Problem {
        /// Of the container.
        var field: String
        var message: String
    }

    var mounts: [VolumeMount]
    var variables: [EnvironmentVariable]

    var problems: [Problem] {
        var problems: [Problem] = []
        for (index, mount) in mounts.enumerated() {
            let field = "volumeMounts[\(index)]"
            if let message = Self.problem(ofPath: mount.mountPath) {
                problems.append(Problem(field: "\(field).mountPath", message: message))
            }
            if let message = Self.problem(ofSubPath: mount.subPath) {
                problems.append(Problem(field: "\(field).subPath", message: message))
            }
        }
        for (index, variable) in variables.enumerated() where !Self.isName(variable.name) {
            problems.append(
                Problem(field: "env[\(index)].name", message: "a variable has a name without `=`")
            )
        }
        return problems
    }

    private static func problem(ofPath path: String) -> String? {
        let parts = path.split(separator: "/")
        if parts.isEmpty { return "a volume cannot be mounted over the root" }
        if parts.contains("..") || path.contains("\0") || path.contains(":") {
            return "`\(path)` cannot be a place for a mount"
        }
        // Devices, processes and the kernel's settings are not the step's to cover.
        let isReserved = parts[0] == "proc" || parts[0] == "sys"
        let isDevice = parts.count > 1 && parts[0] == "dev" && devices.contains(String(parts[1]))
        return isReserved || isDevice || parts == ["dev"]
            ? "a volume cannot be mounted at `\(path)`, which is the system's own" : nil
    }

    private static let devices: Set<String> = [
        "null", "zero", "full", "random", "urandom", "tty", "console", "ptmx", "pts", "fd", "stdin",
        "stdout", "stderr",
    ]

    private static func problem(ofSubPath path: String) -> String? {
        if path.hasPrefix("/") { return "`subPath` must be relative" }
        return path.split(separator: "/").contains("..") || path.contains("\0")
            ? "`subPath` must not lead out of its volume" : nil
    }

    private static func isName(_ name: String) -> Bool {
        !name.isEmpty && !name.contains("=") && !name.contains("\0")
    }
}
