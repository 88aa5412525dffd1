// SPDX-License-Identifier: Apache-2.0

/// The names of the runs that a PipelineRun makes.
///
/// Source: `kmeta.ChildName` of Knative; `getNewRunNames` of Tekton.
package enum ChildName {
    private static let longest = 63
    private static let head = longest - 32

    /// `parent` and `suffix` joined; what would be longer than 63 bytes is cut and told apart by a hash.
    package static func of(_ parent: String, _ suffix: String) -> String {
        let room = longest - suffix.utf8.count
        guard parent.utf8.count > room else { return parent + suffix }
        if head - suffix.utf8.count > 0 {
            let start = prefix(parent, head - suffix.utf8.count)
            return start + MD5.hexadecimal(of: parent) + suffix
        }
        var name = prefix(parent, head) + MD5.hexadecimal(of: parent + suffix)
        if name.utf8.count < longest { name += prefix(suffix, longest - name.utf8.count) }
        while let last = name.utf8.last, !isAlphanumeric(last) { name.removeLast() }
        return name
    }

    /// The names of the `count` runs of one pipeline task; those of several end in their number.
    package static func runs(of task: String, in run: String, count: Int) -> [String] {
        if count == 1 { return [of(run, "-\(task)")] }
        return (0..<count).map { number in
            let name = of(run, "-\(task)-\(number)")
            if name.hasSuffix("-\(number)") { return name }
            let room = longest - "-\(count)".utf8.count
            return prefix(of(run, "-\(task)"), room) + "-\(number)"
        }
    }

    private static func prefix(_ text: String, _ byteCount: Int) -> String {
        String(decoding: text.utf8.prefix(byteCount), as: UTF8.self)
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        byte.isLetter || byte.isDigit
    }
}
