// SPDX-License-Identifier: Apache-2.0
package import Secrets

/// Finds the store that serves the classes of a provider; throws when there is none.
package typealias SecretStoreSelection =
    @Sendable (_ provider: String) throws(SecretStoreError) -> any SecretStore
