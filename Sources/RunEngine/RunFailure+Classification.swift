// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
internal import Sandbox

extension RunFailure {
    /// What kind of failure an error is; the one place where the modules' errors meet.
    ///
    /// `stepHasRun` decides whether a world that could not be built is this host's lack (nothing ever
    /// ran) or a failure of the run.
    init(_ error: any Error, stepHasRun: Bool) {
        switch error {
        case let failure as RunFailure: self = failure
        case let error as SandboxError: self = stepHasRun ? .world(error) : .host(error)
        case let error as CryptographyError: self = .memory(error.description)
        default: self = .record("\(error)")
        }
    }
}
