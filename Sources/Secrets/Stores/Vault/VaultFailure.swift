// SPDX-License-Identifier: Apache-2.0
import HTTP

/// Why the store did not do what it was asked: its own words and status, or why it could not be asked.
struct VaultFailure: Error, Sendable {
    /// The status of its answer; `nil` when there was none.
    var status: Int?
    /// One line.
    var message: String
    var remedy = ""

    init(status: Int? = nil, _ message: String, remedy: String = "") {
        self.status = status
        self.message = message
        self.remedy = remedy
    }

    init(_ error: HTTPError) {
        let advice =
            switch error.code {
            case .notTrusted where error.message.contains("not yet valid"):
                "compare this host's clock (`date`) with the server's: one of them is wrong, or the "
                    + "certificate was made for later"
            case .notTrusted where error.message.contains("has expired"):
                "the server needs a new certificate, if this host's clock (`date`) is right"
            case .notTrusted:
                "`endpoints` in your configuration says which authority to trust (caFile) and which "
                    + "name to expect (serverName)"
            case .cannotConnect, .cannotResolve:
                "`endpoints` in your configuration says where it is reached from here (url)"
            default: ""
            }
        self.init(error.description, remedy: advice)
    }

    /// Whether the store itself, and not its answer about one object, is what failed.
    var isOfStore: Bool { status == nil || status == 429 || (status ?? 0) >= 500 }
}
