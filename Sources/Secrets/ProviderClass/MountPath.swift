// SPDX-License-Identifier: Apache-2.0

/// The rules of the Secrets Store CSI driver for the path of a file in a mount.
///
/// Source: kubernetes-sigs/secrets-store-csi-driver, `validatePath` of its atomic writer.
enum MountPath {
    static let longestElement = 255
    static let longestPath = 4096

    /// What is wrong with a path, or `nil`.
    static func problem(of path: String) -> String? {
        if path.isEmpty { return "the file name is empty" }
        if path.utf8.count > longestPath {
            return "the file name is longer than \(longestPath) bytes"
        }
        if path.hasPrefix("/") { return "file name `\(path)` must be relative" }
        if path.utf8.contains(0) { return "the file name holds a NUL byte" }
        let elements = path.split(separator: "/", omittingEmptySubsequences: false)
        if elements.contains("..") { return "file name `\(path)` must not contain `..`" }
        if elements[0].hasPrefix("..") { return "file name `\(path)` must not start with `..`" }
        if elements.contains(where: { $0.isEmpty || $0 == "." }) {
            return "file name `\(path)` has an empty element or a `.`"
        }
        if let long = elements.first(where: { $0.utf8.count > longestElement }) {
            return "element `\(long.prefix(20))...` of the file name is longer than "
                + "\(longestElement) bytes"
        }
        return nil
    }
}
