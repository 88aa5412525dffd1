// SPDX-License-Identifier: Apache-2.0
internal import CGit2

/// What a commit says of itself.
package struct GitCommit: Sendable, Hashable {
    /// Who wrote or committed it, and when.
    package struct Person: Sendable, Hashable {
        package var name: String
        package var email: String
        /// Seconds since 1970.
        package var seconds: Int64
        /// Minutes east of UTC.
        package var offset: Int

        @unsafe init(_ signature: UnsafePointer<git_signature>?) {
            guard let signature = unsafe signature else {
                (name, email, seconds, offset) = ("", "", 0, 0)
                return
            }
            unsafe name = String(cString: signature.pointee.name)
            unsafe email = String(cString: signature.pointee.email)
            unsafe seconds = signature.pointee.when.time
            unsafe offset = Int(signature.pointee.when.offset)
        }
    }

    package var id: ObjectID
    package var tree: ObjectID
    package var parents: [ObjectID]
    package var author: Person
    package var committer: Person
    package var message: String

    /// The message's first line.
    package var subject: String { String(message.prefix { $0 != "\n" }) }
}
