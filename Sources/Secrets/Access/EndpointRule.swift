// SPDX-License-Identifier: Apache-2.0

/// Where an address that the YAML names is reached from this host.
package struct EndpointRule: Sendable, Hashable {
    /// The cluster's address, as the YAML has it.
    package var address: String
    /// Where to connect instead.
    package var url: String
    /// The name that the server's certificate must have; `nil` for the one in `url`.
    package var serverName: String?
    /// The authorities to trust, PEM; `nil` for the host's own.
    package var authorityFile: String?
    /// The certificate that this host shows there, PEM, and its key.
    package var certificateFile: String?
    package var keyFile: String?

    package init(address: String, url: String) {
        self.address = address
        self.url = url
    }
}
