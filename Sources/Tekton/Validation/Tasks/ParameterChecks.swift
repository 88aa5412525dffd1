// SPDX-License-Identifier: Apache-2.0

/// The rules for declared parameters.
struct ParameterChecks {
    var params: [ParamSpec]
    var context: AdmissionContext

    var names: Set<String> { Set(params.map(\.name)) }

    func names(of type: ParamType) -> Set<String> {
        Set(params.filter { $0.type == type }.map(\.name))
    }

    var objects: [ParamSpec] { params.filter { $0.type == .object } }

    /// Each type is one of the three, and the default and the properties agree with it.
    func types() -> FieldErrors {
        params.reduce(into: .none) { $0 += Self.type(of: $1) }
    }

    private static func type(of param: ParamSpec) -> FieldErrors {
        let type = param.type?.rawValue ?? ""
        guard ["string", "array", "object"].contains(type) else {
            return .invalid(type, at: "\(param.name).type")
        }
        if let value = param.defaultValue, value.type != param.type {
            return FieldErrors(
                "\"\(type)\" type does not match default value's type: \"\(value.type.rawValue)\"",
                at: ["\(param.name).type", "\(param.name).default.type"]
            )
        }
        let wrong = (param.properties ?? [:]).filter { $0.value.type != .string }.keys.sorted()
        guard wrong.isEmpty else {
            return FieldErrors(
                "The value type specified for these keys \(list(wrong)) is invalid",
                at: "\(param.name).properties"
            )
        }
        return .none
    }

    /// As Go prints a list of strings.
    static func list(_ names: [String]) -> String { "[" + names.joined(separator: " ") + "]" }

    /// Every object says which keys it has.
    func objectsHaveProperties() -> FieldErrors {
        objects.filter { $0.properties == nil }
            .reduce(into: .none) { $0 += .missing("\($1.name).properties") }
    }

    func duplicates() -> FieldErrors {
        Self.repeated(params.map(\.name)).reduce(into: .none) {
            $0 += FieldErrors("parameter appears more than once").at("params", key: $1)
        }
    }

    /// The names that stand more than once, each once, sorted.
    static func repeated(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        var again: Set<String> = []
        for name in names where !seen.insert(name).inserted { again.insert(name) }
        return again.sorted()
    }

    func enums() -> FieldErrors {
        var errors = FieldErrors.none
        for param in params where !param.allowedValues.isEmpty {
            errors += enums(of: param).at("[\(param.name)]")
        }
        return errors
    }

    private func enums(of param: ParamSpec) -> FieldErrors {
        var errors = FieldErrors.none
        if !context.gates.allowsParamEnum {
            errors += FieldErrors(
                "feature flag `enable-param-enum` should be set to true to use Enum"
            )
        }
        if param.type != .string {
            errors += FieldErrors("enum can only be set with string type param")
        }
        for value in Self.repeated(param.allowedValues) {
            errors += FieldErrors("parameter enum value \(value) appears more than once")
        }
        if let value = param.defaultValue?.stringValue, !value.isEmpty,
            !param.allowedValues.contains(value)
        {
            errors += FieldErrors("param default value \(value) not in the enum list")
        }
        return errors
    }

    func nameFormats() -> FieldErrors {
        var errors = FieldErrors.none
        let plain = Set(params.filter { $0.type != .object }.map(\.name)).sorted()
        let wrong = plain.filter { !ResourceName.isParameter($0, dots: true) }
        if !wrong.isEmpty {
            errors += FieldErrors(
                "The format of following array and string variable names is invalid: "
                    + Self.list(wrong),
                at: "params",
                details:
                    "String/Array Names: \nMust only contain alphanumeric characters, hyphens (-),"
                    + " underscores (_), and dots (.)\nMust begin with a letter or an underscore (_)"
            )
        }
        var objectNames: [String: [String]] = [:]
        for param in objects {
            let keys = (param.properties ?? [:]).keys.sorted()
                .filter { !ResourceName.isParameter($0, dots: false) }
            if !keys.isEmpty || !ResourceName.isParameter(param.name, dots: false) {
                objectNames[param.name] = keys
            }
        }
        if !objectNames.isEmpty {
            let listed = objectNames.sorted { $0.key < $1.key }.map { "\($0):\(Self.list($1))" }
            errors += FieldErrors(
                "Object param name and key name format is invalid: map\(Self.list(listed))",
                at: "params",
                details: "Object Names: \nMust only contain alphanumeric characters, hyphens (-),"
                    + " underscores (_) \nMust begin with a letter or an underscore (_)"
            )
        }
        return errors
    }
}
