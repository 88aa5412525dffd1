// SPDX-License-Identifier: Apache-2.0
import JSON

/// Lays one JSON object over another, as a strategic merge does where no list is keyed.
enum JSONMerge {
    /// Members of `top` win; objects that both have are merged, everything else is replaced.
    static func merged(_ base: JSONValue, with top: JSONValue) -> JSONValue {
        guard case .object(let base) = base, case .object(let top) = top else { return top }
        return .object(base.merging(top) { merged($0, with: $1) })
    }
}
