// SPDX-License-Identifier: Apache-2.0
internal import Cryptography

/// Chains the lines of one run's event file.
///
/// The first line's code continues one that is made of the run's id, so that no line fits another run.
struct TrailChain: ~Copyable {
    private var authenticator: MessageAuthenticator
    /// What the first line continues.
    let origin: TrailCode

    init(_ key: TrailKey, run: RunIdentifier) throws(CryptographyError) {
        var made = try MessageAuthenticator(key: key.key)
        let (name, nothing) = (Array("tacit trail 1 \(run)".utf8), [UInt8]())
        origin = TrailCode(try made.authenticate(name.span, nothing.span))
        authenticator = made
    }

    /// The code of a line that follows one with `previous`; `body` is the line up to its code.
    mutating func code(
        of body: Span<UInt8>,
        after previous: TrailCode
    ) throws(CryptographyError) -> TrailCode {
        TrailCode(try authenticator.authenticate(previous.bytes.span, body))
    }
}
