// SPDX-License-Identifier: Apache-2.0

extension ParamSpec {
    /// Gives the parameter the type that its properties or its default imply, and each property one.
    mutating func setDefaults() {
        if type != nil {
            properties?.setStringTypes()
        } else if properties != nil {
            type = .object
            properties?.setStringTypes()
        } else {
            type = defaultValue?.type ?? .string
        }
    }
}

extension [String: PropertySpec] {
    /// Makes properties without a type strings.
    mutating func setStringTypes() {
        for (key, property) in self where property.type == nil {
            self[key]?.type = .string
        }
    }
}
