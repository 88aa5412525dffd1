// SPDX-License-Identifier: Apache-2.0

/// Where a server that an address names is reached from this host.
package struct GitRoute: Sendable, Hashable {
    /// The host and port that addresses name.
    package var host: String
    package var port: Int
    /// Where to connect instead.
    package var targetHost: String
    package var targetPort: Int
    /// The authorities to trust for it, PEM; `nil` for those of the access.
    package var authorityFile: String?
    /// The name that the server's certificate must have; `nil` for `host`.
    package var serverName: String?
    /// The certificate that is shown there, PEM, and its key; `nil` for those of the access.
    package var certificateFile: String?
    package var keyFile: String?

    package init(
        host: String,
        port: Int,
        targetHost: String,
        targetPort: Int,
        authorityFile: String? = nil
    ) {
        self.host = host
        self.port = port
        self.targetHost = targetHost
        self.targetPort = targetPort
        self.authorityFile = authorityFile
    }
}
