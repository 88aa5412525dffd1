// SPDX-License-Identifier: Apache-2.0
internal import Synchronization
internal import Tekton

/// What planning would have needed from resolvers and did not have.
///
/// Whoever plans fetches these and plans again: what is fetched may refer to more.
package final class MissingReferences: Sendable {
    private let references = Mutex<[PendingReference]>([])

    package init() {}

    /// Notes a reference, each request once.
    func note(_ reference: PendingReference) {
        references.withLock { noted in
            if noted.contains(where: { $0.request == reference.request }) { return }
            noted.append(reference)
        }
    }

    /// What was noted since the last time.
    package func take() -> [PendingReference] {
        references.withLock { noted in
            defer { noted = [] }
            return noted
        }
    }
}
