// SPDX-License-Identifier: Apache-2.0

/// What the value of a field may be, as the Go type behind it takes JSON.
indirect enum FieldType: Sendable, Equatable {
    case string
    case bool
    case int32
    case int64
    /// A string such as `1h30m`.
    case duration
    /// A number or a string such as `500m` or `1Gi`.
    case quantity
    case intOrString
    /// A string in RFC 3339.
    case time
    /// Anything at all.
    case any
    /// Anything; see ``ParamValue``.
    case paramValue
    /// As `paramValue`, but it must be there: Tekton cannot store the object without it.
    case requiredParamValue
    case list(FieldType)
    case map(FieldType)
    /// The object schema of that name.
    case object(String)
    /// A document's own `metadata`: an `ObjectMeta` in which unknown fields pass, at every depth.
    case documentMetadata

    /// What a user would call it.
    var noun: String {
        switch self {
        case .string: "a string"
        case .bool: "`true` or `false`"
        case .int32, .int64: "a whole number"
        case .duration: "a duration such as `1h30m`"
        case .quantity: "a quantity such as `500m` or `1Gi`"
        case .intOrString: "a whole number or a string"
        case .time: "a time such as `2026-01-31T12:00:00Z`"
        case .any, .paramValue, .requiredParamValue: "a value"
        case .list: "a list"
        case .map, .object, .documentMetadata: "an object"
        }
    }
}
