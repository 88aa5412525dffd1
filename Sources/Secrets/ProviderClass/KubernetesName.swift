// SPDX-License-Identifier: Apache-2.0

/// What Kubernetes accepts as a name.
///
/// Source: k8s.io/apimachinery, `util/validation`.
enum KubernetesName {
    /// RFC 1123's label: up to 63 lower-case letters, digits and inner hyphens.
    static func isLabel(_ name: some StringProtocol) -> Bool {
        let bytes = Array(name.utf8)
        guard (1...63).contains(bytes.count) else { return false }
        let hyphen = UInt8(ascii: "-")
        return bytes.first != hyphen && bytes.last != hyphen
            && bytes.allSatisfy { isLowerAlphanumeric($0) || $0 == hyphen }
    }

    /// RFC 1123's subdomain: labels with dots between, up to 253 bytes.
    static func isSubdomain(_ name: String) -> Bool {
        if name.utf8.count > 253 { return false }
        return name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
            let bytes = Array(label.utf8)
            let hyphen = UInt8(ascii: "-")
            return !bytes.isEmpty && bytes.first != hyphen && bytes.last != hyphen
                && bytes.allSatisfy { isLowerAlphanumeric($0) || $0 == hyphen }
        }
    }

    /// A key of a Secret's or ConfigMap's data: letters, digits, `-`, `_` and `.`.
    static func isDataKey(_ key: String) -> Bool {
        let bytes = Array(key.utf8)
        guard (1...253).contains(bytes.count), key != ".", !key.hasPrefix("..") else {
            return false
        }
        return bytes.allSatisfy(isDataKeyByte)
    }

    /// One of a data key's bytes.
    static func isDataKeyByte(_ byte: UInt8) -> Bool {
        isLowerAlphanumeric(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            || [UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ".")].contains(byte)
    }

    private static func isLowerAlphanumeric(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
