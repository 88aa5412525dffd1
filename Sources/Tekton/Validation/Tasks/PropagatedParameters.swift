// SPDX-License-Identifier: Apache-2.0

/// The parameters that steps written within a run may use: those that the run gives, and those declared.
struct PropagatedParameters {
    private var byName: [String: ParamSpec] = [:]
    private(set) var errors = FieldErrors.none

    init(given params: [Param]) {
        for param in params { byName[param.name] = Self.spec(of: param) }
    }

    /// In the order of their names.
    var params: [ParamSpec] { byName.sorted { $0.key < $1.key }.map(\.value) }

    private static func spec(of param: Param) -> ParamSpec {
        var spec = ParamSpec()
        spec.name = param.name
        spec.type = param.value.type
        spec.defaultValue = param.value
        if case .object(let members) = param.value {
            spec.properties = members.mapValues { _ in stringProperty }
        }
        return spec
    }

    private static let stringProperty: PropertySpec = {
        var property = PropertySpec()
        property.type = .string
        return property
    }()

    /// Adds declared parameters; an object that is given must be declared with its properties.
    mutating func combine(_ declared: [ParamSpec]) {
        for param in declared { combine(param) }
    }

    private mutating func combine(_ declared: ParamSpec) {
        guard var given = byName[declared.name] else {
            byName[declared.name] = declared
            return
        }
        if case .object(let defaults)? = declared.defaultValue {
            if case .object(let own)? = given.defaultValue {
                given.defaultValue = .object(own.merging(defaults) { $1 })
                byName[declared.name] = given
            }
            if declared.properties == nil {
                errors += .missing("\(declared.name).properties")
                return
            }
        }
        if given.type == .object {
            guard let properties = declared.properties else {
                errors += .missing("\(declared.name).properties")
                return
            }
            given.properties = properties
        }
        byName[declared.name] = given
    }

    /// Adds the parameters that a pipeline task is given.
    mutating func append(_ params: [Param]) {
        for param in params {
            guard var known = byName[param.name] else {
                byName[param.name] = Self.spec(of: param)
                continue
            }
            if case .object(let members) = param.value {
                let own = known.defaultValue?.objectValue ?? [:]
                known.defaultValue = .object(own.merging(members) { $1 })
                known.properties = (known.properties ?? [:])
                    .merging(members.mapValues { _ in Self.stringProperty }) { $1 }
            }
            byName[param.name] = known
        }
    }
}
