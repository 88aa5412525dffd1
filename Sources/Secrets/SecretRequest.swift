// SPDX-License-Identifier: Apache-2.0

/// What is asked of a store: the objects of one class, for one service account.
package struct SecretRequest: Sendable {
    package var secretClass: SecretProviderClass
    package var namespace: String
    package var serviceAccount: String

    package init(secretClass: SecretProviderClass, namespace: String, serviceAccount: String) {
        self.secretClass = secretClass
        self.namespace = namespace
        self.serviceAccount = serviceAccount
    }
}
