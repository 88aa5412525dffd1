// SPDX-License-Identifier: Apache-2.0

/// What is asked of a store: the objects of one class, for one service account.
package struct SecretRequest: Sendable {
    /// Its objects are fetched, all or none.
    package var secretClass: SecretProviderClass
    /// The run's.
    package var namespace: String
    /// Whose identity asks.
    package var serviceAccount: String

    /// Called with each version as it comes, before those that are still under way; a store may leave it out.
    package var arrived: @Sendable (SecretVersion) -> Void = { _ in }

    package init(secretClass: SecretProviderClass, namespace: String, serviceAccount: String) {
        self.secretClass = secretClass
        self.namespace = namespace
        self.serviceAccount = serviceAccount
    }
}
