// SPDX-License-Identifier: Apache-2.0

/// Which failures are tried again, and when.
///
/// Too many requests (429) and a server that is not ready (503) are, whatever was asked, for neither has
/// been acted upon. Another failure of the server's (500, 502, 504) and a broken connection are only where
/// asking twice does no harm. A refusal (any other 4xx) never is.
package struct HTTPRetries: Sendable, Hashable {
    /// How often a request is sent at most.
    package var attemptLimit = 4
    /// Before the second try; doubled for each further one.
    package var firstPause: Duration = .milliseconds(200)
    package var longestPause: Duration = .seconds(5)
    /// How long one try may take, so that a stalled one leaves time for another.
    package var attemptDeadline: Duration = .seconds(15)

    package init() {}

    func retries(_ status: Int, isRepeatable: Bool) -> Bool {
        switch status {
        case 429, 503: true
        case 500, 502, 504: isRepeatable
        default: false
        }
    }

    func retries(_ error: HTTPError, isRepeatable: Bool) -> Bool {
        switch error.code {
        // Nothing was sent.
        case .cannotResolve, .cannotConnect: true
        case .timedOut, .interrupted, .truncated: isRepeatable
        default: false
        }
    }

    /// The pause after a try that failed, without what the server asks for.
    func pause(afterAttempt attempt: Int) -> Duration {
        let doubled = firstPause * (1 << min(attempt - 1, 16))
        return min(doubled, longestPause)
    }
}
