// SPDX-License-Identifier: Apache-2.0
internal import Platform
internal import Sandbox
internal import Tekton

/// The files of a step's world that get its output too, as it writes it: `stdoutConfig` and `stderrConfig`.
///
/// A file in the step's own root would be gone with the step, so nothing is written there.
struct OutputCopies: Sendable {
    var output: SharedDescriptor?
    var error: SharedDescriptor?

    /// Where one of the paths lies.
    fileprivate struct Place {
        var world: StepWorld
        var tree: TaskTree
        var index: Int
        var container: String
    }

    /// Opens the files in which the step wants copies; `nil` when it wants none.
    ///
    /// - Throws: `OutputCopyError` in Tekton's words.
    init?(of step: StepDefinition, at index: Int, in world: StepWorld, _ tree: TaskTree) throws {
        if step.standardOutput == nil, step.standardError == nil { return nil }
        let place = Place(
            world: world,
            tree: tree,
            index: index,
            container: step.containerName(at: index)
        )
        output = try step.standardOutput.flatMap { try place.open($0.path) }
        error = try step.standardError.flatMap { try place.open($0.path) }
    }
}

extension OutputCopies.Place {
    fileprivate func open(_ path: String) throws -> SharedDescriptor? {
        if path.isEmpty { return nil }
        let absolute = path.hasPrefix("/") ? path : "\(world.workingDirectory)/\(path)"
        let target = resolved(CleanPath.of(absolute))
        let mount = world.mounts.last { target.hasPrefix($0.target + "/") }
        guard let mount else { return nil }
        let rest = String(target.dropFirst(mount.target.count + 1))
        let within = mount.subPath.isEmpty ? rest : "\(mount.subPath)/\(rest)"
        let owner = (user: world.user, group: world.group)
        do throws(SystemError) {
            if mount.isReadOnly { throw SystemError("open", on: path, .readOnlyFilesystem) }
            switch mount.source {
            case .task(let root):
                return SharedDescriptor(
                    try tree.directory.directory.appendBeneath(
                        "\(root)/\(within)",
                        permissions: 0o644,
                        owner: owner
                    )
                )
            case .tree(let shared, let root):
                return SharedDescriptor(
                    try shared.directory.appendBeneath(
                        "\(root)/\(within)",
                        permissions: 0o644,
                        owner: owner
                    )
                )
            case .host(let root):
                let directory = try FileDescriptor.open(root, [.path, .directory])
                return SharedDescriptor(
                    try directory.appendBeneath(within, permissions: 0o644, owner: owner)
                )
            case .secrets: throw SystemError("open", on: path, .readOnlyFilesystem)
            case .temporary: return nil
            }
        } catch {
            let reason = error.code.description.lowercased()
            throw OutputCopyError(message: "error opening \(path): open \(path): \(reason)")
        }
    }

    /// A step's own directory below `/tekton/steps` is a link to where it may write.
    private func resolved(_ path: String) -> String {
        for name in [container, String(index)] {
            let prefix = "\(TektonPath.steps)/\(name)/"
            if path.hasPrefix(prefix) {
                return "\(TektonPath.run)/\(index)/status/\(path.dropFirst(prefix.count))"
            }
        }
        return path
    }
}
