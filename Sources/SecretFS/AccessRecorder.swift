// SPDX-License-Identifier: Apache-2.0

/// Puts an access on record before it is answered; throws when it cannot.
///
/// Called on a filesystem thread, possibly on several at once. It must not call the filesystem.
package typealias AccessRecorder = @Sendable (SecretAccess) throws -> Void
