// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
internal import Secrets

extension SecretVersion {
    /// A copy in locked memory that a step's environment can hold.
    func sharedCopy() throws(CryptographyError) -> SharedLockedBytes {
        try value.withBytes { bytes throws(CryptographyError) in
            SharedLockedBytes(try LockedBytes(copying: bytes))
        }
    }

    /// Whether it can be no environment variable's value.
    var containsNUL: Bool {
        value.withBytes { bytes in
            for index in bytes.indices where bytes[index] == 0 { return true }
            return false
        }
    }
}
