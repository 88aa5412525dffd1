// SPDX-License-Identifier: Apache-2.0
import Cryptography

/// Reads what an identity proves itself with; blocks.
struct IdentityMaterial {
    let identity: StoreIdentity
    let access: StoreAccess

    /// What the options `NAMEFile` or `NAMESource` lead to, without a newline at its end.
    func read(_ name: String) throws(SourceReader.Failure) -> SharedLockedBytes {
        let whole: LockedBytes
        let place: String
        if let path = identity.options["\(name)File"] {
            place = "`\(path)`"
            do {
                whole = try LockedFile.read(path, limit: 1 << 20)
            } catch {
                throw SourceReader.Failure(message: "`\(name)File`: \(error)")
            }
        } else if let entry = identity.options["\(name)Source"] {
            place = "source `\(entry)`"
            whole = try SourceReader(access: access).read(entry: entry)
        } else {
            throw SourceReader.Failure(
                message: "it has neither `\(name)File` nor `\(name)Source`"
            )
        }
        do {
            let secret = try StoreValue(whole).droppingTrailingNewline().copy()
            if secret.count > 0 { return SharedLockedBytes(secret) }
        } catch {
            throw SourceReader.Failure(message: "\(error)")
        }
        throw SourceReader.Failure(message: "\(place) is empty")
    }
}
