// SPDX-License-Identifier: Apache-2.0
import Cryptography
import HTTP

/// An answer of the store, taken apart; secret strings stay in locked memory.
struct VaultReply: Sendable {
    var status: Int
    var requestID = ""
    var leaseID = ""
    var leaseSeconds = 0
    var isRenewable = false
    /// `null` where the answer has none.
    var data = SecretJSON.null
    var warnings: [String] = []
    var auth: SecretJSON?
    var wrapping: SecretJSON?
    /// Members beside these, which some system paths answer with.
    var document = SecretJSON.null

    /// Reads an answer; an empty one is one without data.
    init(_ response: HTTPResponse) throws(VaultFailure) {
        status = response.status
        if response.body.count == 0 { return }
        do {
            document = try response.body.withBytes { bytes throws(SecretJSON.Failure) in
                try SecretJSON.parse(bytes)
            }
        } catch {
            throw VaultFailure(status: status, Self.words(for: error, status))
        }
        requestID = document["request_id"]?.text ?? ""
        leaseID = document["lease_id"]?.text ?? ""
        leaseSeconds = document["lease_duration"]?.integer ?? 0
        if case .bool(true)? = document["renewable"] { isRenewable = true }
        data = document["data"] ?? .null
        warnings = (document["warnings"]?.elements ?? []).compactMap(\.text)
        auth = document["auth"].flatMap { if case .object = $0 { $0 } else { nil } }
        wrapping = document["wrap_info"].flatMap { if case .object = $0 { $0 } else { nil } }
    }

    private static func words(for error: SecretJSON.Failure, _ status: Int) -> String {
        switch error {
        case .cryptography(let error): "\(error)"
        case .malformed(let offset, let message):
            "its answer (status \(status)) is no JSON at byte \(offset): \(message)"
        }
    }

    /// What the store says went wrong, in one line; empty when it says nothing.
    var errors: String {
        (document["errors"]?.elements ?? []).compactMap(\.text)
            .map { text in
                text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            }.joined(separator: "; ")
    }
}
