// SPDX-License-Identifier: Apache-2.0
package import Platform

/// Sends requests in parallel over shared connections, and tries again what deserves it.
///
/// One thread of its own runs all transfers; it starts with the first request and ends with the client. At
/// most `transferLimit` run at a time, the others wait in the order of their arrival.
package final class HTTPClient: Sendable {
    private let engine: TransferEngine
    private let clock: WallClock

    /// - Parameters:
    ///   - transferLimit: how many requests are under way at a time.
    ///   - clock: what a `Retry-After` that is a date is compared with.
    package init(transferLimit: Int = 64, clock: WallClock = .system) {
        engine = TransferEngine(transferLimit: transferLimit)
        self.clock = clock
    }

    deinit { engine.close() }

    /// Sends a request until it is answered for good, or its deadline has passed.
    ///
    /// - Returns: the answer, whatever its status.
    /// - Throws: `HTTPError` when there is none. Cancelling the task ends the transfer.
    package func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        if let problem = request.problem {
            throw HTTPError(request.method, on: request.subject, .malformedRequest, problem)
        }
        precondition(
            request.redirectLimit == 0
                || request.headers.allSatisfy {
                    !$0.isSecret || $0.name.lowercased() == "authorization"
                },
            "a secret header goes to one server, so its request follows no redirect"
        )
        let end = ContinuousClock.now + request.deadline
        var attempt = 0
        while true {
            attempt += 1
            let left = ContinuousClock.now.duration(to: end)
            let limit = min(left, request.retries.attemptDeadline)
            let isLast = attempt >= request.retries.attemptLimit
            var pause = request.retries.pause(afterAttempt: attempt)
            do throws(HTTPError) {
                var response = try await engine.send(request, within: limit)
                response.attempts = attempt
                let retries = request.retries.retries(
                    response.status,
                    isRepeatable: request.isRepeatable
                )
                if isLast || !retries { return response }
                if let asked = response.retryAfter(
                    now: Int(clock.now().nanoseconds / 1_000_000_000)
                ) {
                    pause = max(asked, pause)
                }
                if ContinuousClock.now + pause >= end { return response }
            } catch {
                let retries = request.retries.retries(error, isRepeatable: request.isRepeatable)
                if isLast || !retries || ContinuousClock.now + pause >= end { throw error }
            }
            try await sleep(pause, request)
        }
    }

    /// A little longer or shorter than asked, so that those who failed together do not return together.
    private func sleep(_ pause: Duration, _ request: HTTPRequest) async throws(HTTPError) {
        let share = Double.random(in: 1...1.25)
        do {
            try await Task.sleep(for: pause * share)
        } catch {
            throw HTTPError(request.method, on: request.subject, .cancelled, "cancelled")
        }
    }
}
