// SPDX-License-Identifier: Apache-2.0

/// What is known of a store that does not answer, so that an absence is told once, whatever notices it.
struct StoreAbsence {
    enum Request: Hashable {
        case fetch, renewal
    }

    /// The requests that failed when they were last tried.
    private var failing: Set<Request> = []
    /// Whether something was answered since one last failed: it may be one engine that is away, and not the store.
    private var hasAnswered = false

    /// Notes a request that failed.
    ///
    /// - Returns: whether that is news.
    mutating func fail(_ request: Request) -> Bool {
        let isNews = failing.isEmpty || hasAnswered && !failing.contains(request)
        failing.insert(request)
        hasAnswered = false
        return isNews
    }

    /// Notes a request that was answered.
    mutating func answer(_ request: Request) {
        failing.remove(request)
        hasAnswered = true
    }
}
