// SPDX-License-Identifier: Apache-2.0

/// A pack that is not indexed here: damaged, thin, too large for memory, or of an unusual form.
///
/// It is no verdict: libgit2's own indexer gets the pack, and decides.
struct PackTrouble: Error {
    let reason: StaticString

    init(_ reason: StaticString) {
        self.reason = reason
    }
}
