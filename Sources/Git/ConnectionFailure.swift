// SPDX-License-Identifier: Apache-2.0

/// Says in plain words why libgit2 could not connect, where its own words need knowledge of libssh2.
enum ConnectionFailure {
    static func explain(_ code: CInt, _ exchange: RemoteExchange) -> GitError {
        let url = exchange.url
        let failure = LibraryCheck.failure(code, "connect", on: "\(url)")
        if failure.code == .destination || failure.code == .other {
            // What the system says of a connection is no fault of a directory.
            return GitError(failure.operation, on: failure.subject, .unreachable, failure.message)
        }
        guard url.scheme == .ssh, failure.message.contains("exchange encryption keys") else {
            return failure
        }
        return GitError(
            failure.operation,
            on: failure.subject,
            .unreachable,
            "no kind of host key or cipher that both sides know (\(failure.message)): libssh2 before 1.11 "
                + "needs an ed25519 or ECDSA host key, RSA alone will not do"
        )
    }
}
