// SPDX-License-Identifier: Apache-2.0

extension YAMLScalar {
    /// The name that this scalar gives to a field when it stands as a key, as `sigs.k8s.io/yaml` makes it.
    ///
    /// Plain `yes` names the field `true`, `010` the field `8`, `1.10` the field `1.1`. `nil` where no
    /// field can have that name: null, and integers above 2^63 - 1; the parser has then said so.
    package var fieldName: String? {
        switch value {
        case .string(let string): return string
        case .bool(let bool): return bool ? "true" : "false"
        case .null: return nil
        case .number(let printed):
            switch try? ScalarResolver.resolve(text, tag: nil) {
            case .float(let number): return GoNumber.fieldName(number)
            case .unsigned: return nil
            default: return printed
            }
        }
    }
}

extension YAMLNode.Entry {
    /// The name of the field, as ``YAMLScalar/fieldName`` has it; empty where the key cannot be one.
    package var name: String {
        if case .scalar(let scalar) = key.content { scalar.fieldName ?? "" } else { "" }
    }
}
