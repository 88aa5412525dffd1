// SPDX-License-Identifier: Apache-2.0
internal import Platform
internal import Sandbox
internal import Tekton

/// Lays out what the steps of one TaskRun share, as the volumes of Tekton's pod would.
///
///     workspace/ home/ results/ artifacts/   0777, for every step
///     run/<i>/status/{results,artifacts}     0777, writable by step <i> alone
///     run/mask                               0622, a FIFO that takes values to be masked, a line each
///     steps/<container>, steps/<i>           links to /tekton/run/<i>/status
///     scripts/script-<i>-<random>            0755; a sidecar's `sidecar-script-...`
///     creds/<i>/ volumes/<name>/             0777
struct TaskTree {
    let directory: TaskDirectory

    /// Makes the directories for `steps`.
    func create(steps: [StepDefinition], volumes: [String]) throws {
        let root = directory
        for name in ["workspace", "home", "results", "artifacts"] {
            try root.directory.makeDirectoryBeneath(name, permissions: 0o777)
        }
        for name in ["run", "steps", "scripts", "bin", "downward", "creds", "volumes"] {
            try root.directory.makeDirectoryBeneath(name, permissions: 0o755)
        }
        try root.directory.makeFIFOBeneath(MaskInbox.path, permissions: 0o622)
        for (index, step) in steps.enumerated() {
            for path in ["run/\(index)", "run/\(index)/status", "creds/\(index)"] {
                try root.directory.makeDirectoryBeneath(path, permissions: 0o777)
            }
            for path in ["results", "artifacts"] {
                let path = "run/\(index)/status/\(path)"
                try root.directory.makeDirectoryBeneath(path, permissions: 0o777)
            }
            let target = "\(TektonPath.run)/\(index)/status"
            try root.directory.linkBeneath("steps/\(index)", to: target)
            try root.directory.linkBeneath("steps/\(step.containerName(at: index))", to: target)
        }
        for path in volumes {
            try root.directory.makeDirectoryBeneath(path, permissions: 0o777)
        }
    }

    /// Writes the script of a step or sidecar; returns its absolute path in the world.
    ///
    /// A script whose text, blanks aside, has no `#!` gets `#!/bin/sh` and `set -e` before it. One that
    /// has blanks before its `#!` stays as it is, and the kernel then refuses it: as in Tekton.
    func write(script: String, named name: String) throws -> String {
        let trimmed = script.drop { $0.isWhitespace }
        let text = trimmed.hasPrefix("#!") ? script : "#!/bin/sh\nset -e\n" + script
        try directory.directory.writeBeneath(
            "scripts/\(name)",
            Array(text.utf8),
            permissions: 0o755
        )
        return "\(TektonPath.scripts)/\(name)"
    }

    /// Leaves a step's exit code where the later ones may read it.
    func write(exitCode: Int32, step index: Int) throws {
        try directory.directory.writeBeneath(
            "run/\(index)/status/exitCode",
            Array(String(exitCode).utf8),
            permissions: 0o644
        )
    }

    /// Reads a result file; `nil` when the step did not write it, or left something that is no regular
    /// file: links are never followed, for the step chose where they lead.
    ///
    /// More than `limit` bytes are cut off; such a result is refused for its size anyway.
    func readResult(_ path: String, limit: Int) -> [UInt8]? {
        guard let file = try? directory.directory.openBeneath(path, [.nonBlocking]),
            let status = try? FileStatus(of: file), status.kind == .regular
        else { return nil }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while bytes.count <= limit, let count = try? file.read(into: &buffer), count > 0 {
            bytes += buffer[..<count]
        }
        return bytes
    }
}
