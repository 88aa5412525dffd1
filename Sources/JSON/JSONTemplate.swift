// SPDX-License-Identifier: Apache-2.0

/// Lines of JSON that differ in few values: what is between these is encoded once.
///
/// A template begins with a part that is constant; then a value and a part follow in turn.
package struct JSONTemplate: Sendable {
    /// What goes between two constant parts.
    package enum Value: Sendable {
        case integer(UInt32)
        case string(String)
        /// What stands between the quotes of a string, escaped already.
        case encoded([UInt8])
    }

    private let parts: [[UInt8]]

    /// - Parameter parts: UTF-8 of JSON, which with the values makes an object and a newline.
    package init(_ parts: [[UInt8]]) {
        self.parts = parts
    }

    /// The line with these values, one fewer than there are parts.
    package func line(_ values: Value...) -> JSONLine {
        precondition(values.count == parts.count - 1, "a value goes between two parts")
        var line = JSONLine()
        line.replace(with: parts[0])
        for (index, value) in values.enumerated() {
            line.append(value, then: parts[index + 1])
        }
        return line
    }
}
