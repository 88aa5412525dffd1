// SPDX-License-Identifier: Apache-2.0

/// The rules for names of Kubernetes objects and of what Tekton names.
///
/// Source: k8s.io/apimachinery `validation.IsDNS1123Label`, `IsDNS1123Subdomain`, `IsQualifiedName`; RFC 1123.
enum ResourceName {
    static let longestLabel = 63
    private static let longestSubdomain = 253

    /// Lower-case letters, digits and inner hyphens, at most 63 bytes.
    static func isLabel(_ name: String) -> Bool {
        name.utf8.count <= longestLabel && isLabelForm(name[...])
    }

    /// Labels joined by points, at most 253 bytes in all; one label alone may be as long.
    static func isSubdomain(_ name: String) -> Bool {
        name.utf8.count <= longestSubdomain
            && name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy(isLabelForm)
    }

    private static func isLabelForm(_ name: Substring) -> Bool {
        let bytes = name.utf8
        guard let first = bytes.first, let last = bytes.last else { return false }
        return first.isLowerAlphanumeric && last.isLowerAlphanumeric
            && bytes.allSatisfy { $0.isLowerAlphanumeric || $0 == UInt8(ascii: "-") }
    }

    /// What is wrong with a name that may carry a prefix (`example.com/name`); empty when nothing is.
    static func qualifiedNameProblems(_ name: String) -> [String] {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        let rule =
            "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with"
            + " an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc')"
        guard parts.count <= 2, let last = parts.last else {
            return ["a valid label key \(rule) with an optional DNS subdomain prefix and '/'"]
        }
        var problems: [String] = []
        if parts.count == 2 {
            if parts[0].isEmpty {
                problems.append("prefix part must be non-empty")
            } else if !isSubdomain(String(parts[0])) {
                problems.append("prefix part must be a lowercase RFC 1123 subdomain")
            }
        }
        if last.isEmpty { problems.append("name part must be non-empty") }
        if last.utf8.count > longestLabel {
            problems.append("name part must be no more than \(longestLabel) bytes")
        }
        if !isResult(String(last)) { problems.append("name part \(rule)") }
        return problems
    }

    /// The form of a result's name: letters, digits, inner `-`, `_` and `.`.
    static func isResult(_ name: String) -> Bool {
        let bytes = name.utf8
        guard let first = bytes.first, let last = bytes.last else { return false }
        return first.isAlphanumeric && last.isAlphanumeric
            && bytes.allSatisfy { $0.isAlphanumeric || "-_.".utf8.contains($0) }
    }

    /// The form of a parameter's name: a letter or `_`, then letters, digits, `_`, `-`, and `.` if `dots`.
    static func isParameter(_ name: String, dots: Bool) -> Bool {
        let bytes = name.utf8
        guard let first = bytes.first, first.isLetter || first == UInt8(ascii: "_") else {
            return false
        }
        return bytes.allSatisfy {
            $0.isAlphanumeric || "_-".utf8.contains($0) || (dots && $0 == UInt8(ascii: "."))
        }
    }
}

extension UInt8 {
    /// Whether the byte is an ASCII letter.
    var isLetter: Bool {
        let lower = self | 0x20
        return lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")
    }

    fileprivate var isAlphanumeric: Bool { isLetter || isDigit }

    fileprivate var isLowerAlphanumeric: Bool {
        isDigit || (self >= UInt8(ascii: "a") && self <= UInt8(ascii: "z"))
    }
}
