// SPDX-License-Identifier: Apache-2.0
internal import Git
internal import RunEngine
internal import Tekton

extension ExitCode {
    /// The code that tells how a run ended.
    init(of outcome: RunOutcome) {
        if let signal = outcome.signal {
            self = signal == 2 ? .interrupted : .terminated
            return
        }
        switch outcome.failure {
        case .store: self = .storeFailed
        case .git(_, let error):
            self = error.code == .libraryMissing ? .hostLacking : .storeFailed
        case .host: self = .hostLacking
        case .memory: self = .hostLacking
        case .world, .record: self = .runFailed
        case nil:
            if outcome.status.condition.status == .succeeded {
                self = .success
            } else {
                self = outcome.status.condition.reason == "TaskRunTimeout" ? .timedOut : .runFailed
            }
        }
    }
}
