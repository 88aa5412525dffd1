// SPDX-License-Identifier: Apache-2.0
import Diagnostics

/// Checks what the files of a mount have to do with each other.
enum MountedFiles {
    /// Notes files that more than one object makes, and files where a directory must be.
    static func check(_ objects: [SecretObject], _ findings: Findings) {
        var makers: [String: SecretObject] = [:]
        for object in objects {
            for path in object.filePaths {
                guard let earlier = makers.updateValue(object, forKey: path) else { continue }
                findings.error(
                    at: object.location,
                    path: object.fieldPath,
                    "file `\(path)` is already made by object `\(earlier.name)` of line "
                        + "\(earlier.location.line)",
                    hint: "each object of a class makes a file of its own"
                )
            }
        }
        for object in objects {
            for path in object.filePaths {
                guard let directory = parents(of: path).first(where: { makers[$0] != nil })
                else { continue }
                findings.error(
                    at: object.location,
                    path: object.fieldPath,
                    "file `\(path)` needs a directory `\(directory)`, which is a file of object "
                        + "`\(makers[directory]?.name ?? "")`"
                )
            }
        }
    }

    /// Notes synced keys whose file no object makes.
    static func check(
        _ secrets: [SyncedSecret],
        against objects: [SecretObject],
        _ findings: Findings
    ) {
        let paths = objects.flatMap(\.filePaths)
        for (index, secret) in secrets.enumerated() {
            for (position, item) in secret.data.enumerated() where !item.objectName.isEmpty {
                if paths.contains(item.objectName) || isLaterVersion(item.objectName, objects) {
                    continue
                }
                findings.error(
                    at: item.location,
                    path: "spec.secretObjects[\(index)].data[\(position)].objectName",
                    "file matching objectName `\(item.objectName)` is not made by this class",
                    hint: NearMiss.hint(for: item.objectName, among: paths)
                )
            }
        }
    }

    /// Whether it names an older version (`name/3`) of an Azure object with a history.
    private static func isLaterVersion(_ path: String, _ objects: [SecretObject]) -> Bool {
        objects.contains { object in
            guard case .azure(let azure) = object.source, azure.versionHistory > 1,
                path.hasPrefix(object.fileName + "/"),
                let number = Int(path.dropFirst(object.fileName.count + 1))
            else { return false }
            return (0...azure.versionHistory).contains(number)
        }
    }

    private static func parents(of path: String) -> [String] {
        var parents: [String] = []
        var elements = path.split(separator: "/").dropLast()
        while !elements.isEmpty {
            parents.append(elements.joined(separator: "/"))
            elements = elements.dropLast()
        }
        return parents
    }
}
