// SPDX-License-Identifier: Apache-2.0

extension GitHTTPRequest {
    /// The origin of its address, and the one under which the server's certificate knows it; `nil` when both
    /// are the same.
    var renamed: (old: String, new: String)? {
        guard let route = access.route(for: target), let name = route.serverName else { return nil }
        let whole = "\(target)"
        let old = String(whole.dropLast(target.path.count))
        return (old, "\(target.scheme.rawValue)://\(name):\(route.targetPort)")
    }
}
