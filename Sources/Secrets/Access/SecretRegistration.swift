// SPDX-License-Identifier: Apache-2.0
package import Cryptography

/// Makes a secret that is no object of a class known to the redactor, by a name for its mask: a token, a
/// password of an identity.
package typealias SecretRegistration = @Sendable (SharedLockedBytes, String) -> Void
