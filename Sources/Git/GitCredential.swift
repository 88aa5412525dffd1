// SPDX-License-Identifier: Apache-2.0

/// What lets one into a repository; handed to the library's callbacks and to nothing else.
package enum GitCredential: Sendable {
    /// Both may be the secret: a token often stands in the user's place, without a password.
    case password(user: LockedText, LockedText)
    /// A private key as OpenSSH or PEM files hold it.
    case key(LockedText, passphrase: LockedText?)

    /// Whether a server of that scheme can be shown it.
    func fits(_ scheme: GitURL.Scheme) -> Bool {
        switch self {
        case .password: true
        case .key: scheme == .ssh
        }
    }
}
