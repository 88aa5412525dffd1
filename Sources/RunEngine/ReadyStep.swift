// SPDX-License-Identifier: Apache-2.0
internal import Sandbox
internal import SecretFS
internal import Tekton

/// A step whose secrets are published and whose world is described, or being built already.
///
/// Whoever has one withdraws its publications in the end.
struct ReadyStep {
    var index: Int
    /// Without arguments and environment, which results of earlier steps may change.
    var world: StepWorld
    /// The places of its trees in the secret filesystem.
    var publications: [String]
}

extension StepRunner {
    /// Publishes what the step mounts, and describes its world.
    func ready(_ step: StepDefinition, at index: Int) throws -> ReadyStep {
        var ready = ReadyStep(index: index, world: builder.world(for: step), publications: [])
        let (mounts, trees) = builder.mounts(for: step, at: index, prefix: "\(prefix)s\(index)")
        ready.world.mounts = mounts
        let placement = CredentialPlacement(credentials: credentials, tree: tree, index: index)
        let variables = try environment.resolve(
            step,
            initial: builder.initialEnvironment(for: step)
        )
        for note in try placement.place(in: &ready.world, home: variables.home) {
            try journal.emit(.noted("step `\(step.shownName(at: index))`: \(note)"))
        }
        do {
            for tree in trees {
                try session.publish(tree)
                ready.publications.append(tree.path)
            }
        } catch {
            withdraw(ready)
            throw error
        }
        return ready
    }

    /// Begins to build the world of a step while the one before it runs.
    ///
    /// `nil` when it has to wait: a mount of a path below a volume shows what is there when the step starts. An
    /// error waits, too: it is the step's own.
    func readyAhead(_ step: StepDefinition, at index: Int) -> ReadyStep? {
        guard step.volumeMounts.allSatisfy(\.subPath.isEmpty),
            var ready = try? ready(step, at: index)
        else { return nil }
        ready.world = session.launcher.prepare(ready.world, in: tree.directory)
        return ready
    }

    /// Takes the step's trees out of the secret filesystem.
    func withdraw(_ ready: ReadyStep) {
        for path in ready.publications { session.filesystem.withdraw(path) }
    }
}
