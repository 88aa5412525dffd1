// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
internal import Platform
internal import Sandbox
internal import SecretFS
internal import Tekton

/// Lays an account's credentials into a step's world.
///
/// Twice, as Tekton does: into `/tekton/creds`, and into HOME for the programs that look there. Both lie in
/// the TaskRun's own tmpfs, in files of the step's user alone, which programs may change.
struct CredentialPlacement {
    var credentials: AccountCredentials
    var tree: TaskTree
    var index: Int

    /// What HOME is to a step.
    private enum Home {
        /// A directory of the task's tree.
        case tree(String)
        /// Nothing is mounted there: it is made in the task's tree and mounted.
        case free
        case unwritable(String)
    }

    /// Writes the files, and mounts HOME where it must be; returns what a user should know.
    func place(in world: inout StepWorld, home: String?) throws -> [String] {
        guard !credentials.files.isEmpty else { return [] }
        let owner = (user: world.user, group: world.group)
        try write(below: "creds/\(index)", owner)
        guard let home, home.hasPrefix("/") else {
            return ["credentials are in `\(TektonPath.credentials)` only: HOME is no directory"]
        }
        switch kind(of: home, in: world) {
        case .tree(let path): try write(below: path, owner)
        case .free:
            let path = "homes/\(index)"
            try tree.directory.directory.makeDirectoryBeneath("homes", permissions: 0o755)
            try tree.directory.directory.makeDirectoryBeneath(
                path,
                permissions: 0o700,
                owner: owner
            )
            try write(below: path, owner)
            let place = world.mounts.firstIndex { $0.target.hasPrefix(home + "/") }
            world.mounts.insert(
                WorldMount(.task(path), at: home),
                at: place ?? world.mounts.endIndex
            )
        case .unwritable(let why):
            return [
                "credentials are in `\(TektonPath.credentials)` only: HOME is `\(home)`, \(why)"
            ]
        }
        return []
    }

    private func kind(of home: String, in world: StepWorld) -> Home {
        let home = "/" + home.split(separator: "/").joined(separator: "/")
        if home == "/" { return .unwritable("the root") }
        let covering = world.mounts.last { mount in
            home == mount.target || home.hasPrefix(mount.target + "/")
        }
        guard let covering else {
            // What the host has in other places must stay visible.
            let isEmpty = ["/root", "/home", "/tmp", "/run", "/mnt"].contains { hidden in
                home == hidden || home.hasPrefix(hidden + "/")
            }
            return isEmpty ? .free : .unwritable("a directory of the host")
        }
        guard case .task(let path) = covering.source, covering.subPath.isEmpty, !covering.isReadOnly
        else { return .unwritable("on a volume that outlives the step") }
        let rest = home.dropFirst(covering.target.count).drop { $0 == "/" }
        return .tree(rest.isEmpty ? path : "\(path)/\(rest)")
    }

    private func write(below root: String, _ owner: (user: UInt32, group: UInt32)) throws {
        for file in credentials.files {
            let path = "\(root)/\(file.path)"
            if let slash = file.path.firstIndex(of: "/") {
                let parent = "\(root)/\(file.path[..<slash])"
                try tree.directory.directory.makeDirectoryBeneath(
                    parent,
                    permissions: 0o700,
                    owner: owner
                )
            }
            try file.content.bytes.withBytes { bytes in
                try tree.directory.directory.writeBeneath(
                    path,
                    bytes,
                    permissions: 0o600,
                    owner: owner
                )
            }
        }
    }
}

extension [StepWorld.Variable] {
    /// The value of HOME, unless a Secret gives it.
    var home: String? {
        guard case .plain(let home) = last(where: { $0.name == "HOME" })?.value else { return nil }
        return home
    }
}
