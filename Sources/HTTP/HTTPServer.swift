// SPDX-License-Identifier: Apache-2.0

/// How a server is reached, what proves that it is the right one, and how this side proves itself.
package struct HTTPServer: Sendable, Hashable {
    /// Which proxy stands between.
    package enum Proxy: Sendable, Hashable {
        /// `https_proxy`, `http_proxy` and `no_proxy` of the environment.
        case environment
        case none
        case url(String)
    }

    /// `HOST:PORT` to connect to instead of the host and port in the address, which the server's certificate
    /// must still name; `nil` connects to the address.
    package var connectsTo: String?
    /// The authorities to trust, PEM; `nil` for the host's own.
    package var authorityFile: String?
    /// A directory of authorities to trust, named by hash.
    package var authorityDirectory: String?
    /// The certificate that this side shows, PEM.
    package var certificateFile: String?
    /// The key of that certificate, PEM.
    package var keyFile: String?
    package var proxy: Proxy = .environment

    package init() {}
}
