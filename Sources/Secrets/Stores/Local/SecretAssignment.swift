// SPDX-License-Identifier: Apache-2.0
import Cryptography
package import Platform

/// One `KEY=VALUE` of `tacit secret set`.
package struct SecretAssignment: Sendable, Hashable {
    /// Where the value comes from.
    package enum Source: Sendable, Hashable {
        /// As it stands on the command line, which other users can see while the command runs.
        case literal(String)
        /// `-`: standard input, without one trailing newline.
        case standardInput
        /// `@FILE`: the file's bytes as they are.
        case file(String)
    }

    /// The largest value, in bytes; a Secret of Kubernetes holds as much.
    package static let byteLimit = 1 << 20

    /// What stands before the first `=`.
    package var key: String
    /// What stands after it.
    package var source: Source

    package init(key: String, source: Source) {
        self.key = key
        self.source = source
    }

    /// Reads `KEY=VALUE`, `KEY=-` or `KEY=@FILE`; `nil` when there is no `=` or no key before it.
    package init?(_ argument: String) {
        guard let equals = argument.firstIndex(of: "="), equals > argument.startIndex else {
            return nil
        }
        key = String(argument[..<equals])
        let value = argument[argument.index(after: equals)...]
        if value == "-" {
            source = .standardInput
        } else if value.hasPrefix("@"), value.count > 1 {
            source = .file(String(value.dropFirst()))
        } else {
            source = .literal(String(value))
        }
    }

    /// Reads the value into locked memory; blocks on standard input.
    ///
    /// With `isTerminal`, standard input is read to the end of one line only. Failures name the file.
    package func read(
        standardInput: borrowing FileDescriptor,
        isTerminal: Bool = false
    ) throws(LocalStoreError) -> StoreValue {
        switch source {
        case .literal(let text):
            do {
                return StoreValue(try LockedBytes(copying: Array(text.utf8).span))
            } catch {
                throw .cryptography(error)
            }
        case .standardInput:
            return try LocalStoreError.reading("standard input") { () throws(LockedFile.Failure) in
                let value = try LockedFile.readToEnd(
                    standardInput,
                    limit: Self.byteLimit,
                    stopsAfterLine: isTerminal
                )
                return StoreValue(value).droppingTrailingNewline()
            }
        case .file(let path):
            return try LocalStoreError.reading("`\(path)`") { () throws(LockedFile.Failure) in
                StoreValue(try LockedFile.read(path, limit: Self.byteLimit))
            }
        }
    }
}

extension LocalStoreError {
    /// Words the failure to read a file.
    package static func reading<Outcome>(
        _ subject: String,
        _ read: () throws(LockedFile.Failure) -> Outcome
    ) throws(LocalStoreError) -> Outcome {
        do {
            return try read()
        } catch .system(let error) {
            throw .refused("cannot read \(subject): \(error.code)")
        } catch .cryptography(let error) {
            throw .cryptography(error)
        } catch {
            throw .refused("cannot take \(subject): it holds \(error)")
        }
    }
}
