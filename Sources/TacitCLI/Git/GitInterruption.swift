// SPDX-License-Identifier: Apache-2.0
internal import Git
internal import Platform
internal import Synchronization

/// Lets Ctrl-C and SIGTERM stop git's work, and remembers which of them came.
final class GitInterruption: Sendable {
    private let signal = Mutex<Signal?>(nil)

    /// From now on signals stop the work.
    init(_ interruption: Interruption, _ operation: GitOperation) {
        interruption.handle { [self] received in
            signal.withLock { $0 = $0 ?? received }
            operation.cancel()
        }
    }

    /// What to end with; `nil` when no signal came.
    var code: ExitCode? { signal.withLock { $0 }.map(ExitCode.init(endedBy:)) }
}
