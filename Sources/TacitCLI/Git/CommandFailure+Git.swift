// SPDX-License-Identifier: Apache-2.0
internal import Git
internal import Redaction

extension CommandFailure {
    /// Git or the network refused (3), what the user asked for is wrong (2), or the host lacks a library (4).
    init(_ error: GitError, _ redactor: Redactor) {
        let code: ExitCode =
            switch error.code {
            case .libraryMissing: .hostLacking
            case .malformedAddress, .destination: .wrongUsage
            default: .storeFailed
            }
        self.init(code, redactor.redact("\(error)"))
    }
}
