// SPDX-License-Identifier: Apache-2.0

/// One request of git's smart http protocol.
struct GitHTTPRequest {
    /// The repository, which says what server it is.
    var target: GitURL
    /// What is asked for, with the query.
    var url: String
    var headers: [String] = []
    /// Makes it a POST.
    var body: [UInt8]?
    var access: GitAccess
    var credential: GitCredential?
}
