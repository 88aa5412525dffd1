// SPDX-License-Identifier: Apache-2.0

/// An object of a class, and the request that gets it.
struct VaultStoreObject: Sendable {
    var object: SecretObject
    var source: VaultObject
    var read: VaultRead
}

extension SecretProviderClass {
    /// The objects, which all are Vault's in a class of its providers.
    var vaultObjects: [VaultStoreObject] {
        objects.map { object in
            guard case .vault(let source) = object.source else {
                preconditionFailure("a class of provider vault or openbao has objects of its kind")
            }
            return VaultStoreObject(object: object, source: source, read: VaultRead(source))
        }
    }
}
