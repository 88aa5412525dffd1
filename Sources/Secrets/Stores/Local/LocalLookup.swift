// SPDX-License-Identifier: Apache-2.0
import Cryptography
import Diagnostics
import Platform

/// What one file of a class is made of in the embedded store: which record, and what of it.
struct LocalLookup {
    /// Why a file cannot be made.
    struct Failure: Error {
        var message: String
        var remedy = ""
    }

    /// What becomes of a record.
    enum Selection {
        /// One key's value.
        case key(String, SecretEncoding)
        /// The key `value`; failing that, all keys as a JSON object.
        case content
        /// A record's key, or a member of the JSON object that its content is.
        case member(String, style: MemberStyle)
        /// All keys as the JSON that Vault's provider makes of a whole secret.
        case vaultSecret(isVersioned: Bool)
        /// Something that the embedded store does not do.
        case unsupported(String)
    }

    /// Whose words a missing member is reported in.
    enum MemberStyle {
        case aws(path: String, alias: String)
        case gcp
    }

    /// The name that masks show.
    var maskName: String
    var path: String
    var mode: UInt16
    /// The names to look for, the first one first.
    var names: [String]
    var selection: Selection

    /// Finds the record under one of its names.
    func find(
        in records: StoreRecords
    ) throws(Failure) -> (name: String, record: StoreRecords.Record) {
        for name in names {
            if let record = records[name] { return (name, record) }
        }
        let wanted = names[names.count - 1]
        let near = NearMiss.hint(for: wanted, among: records.names).map { "\($0) " } ?? ""
        throw Failure(
            message: "no such secret `\(wanted)`",
            remedy: "\(near)`tacit secret set \(wanted) \(wantedKey)=-` makes it"
        )
    }

    private var wantedKey: String {
        switch selection {
        case .key(let key, _): key
        case .member(let key, _): key
        default: LocalStore.contentKey
        }
    }
}
