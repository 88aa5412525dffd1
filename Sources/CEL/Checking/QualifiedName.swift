// SPDX-License-Identifier: Apache-2.0

/// Names with points in them, which the grammar takes for fields.
enum QualifiedName {
    /// `google.protobuf.Timestamp`, from its parts; nil where the value is no name.
    static func of(_ operand: Expression, _ field: String) -> String? {
        switch operand {
        case .identifier(let name, _):
            "\(name.hasPrefix(".") ? String(name.dropFirst()) : name).\(field)"
        case .select(let inner, let name, false, _): of(inner, name).map { "\($0).\(field)" }
        default: nil
        }
    }
}
