// SPDX-License-Identifier: Apache-2.0
package import JSON

/// The Task that a run or pipeline task runs, by name or through a resolver.
package struct TaskReference: FieldCoded {
    package var name: String = ""
    /// `Task` by default; anything else with an API version is a custom task.
    package var kind: String = ""
    package var apiVersion: String = ""
    package var resolver: String = ""
    /// `nil` when not given, which differs from none.
    package var resolverParams: [Param]?
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        name = fields.take("name")
        kind = fields.take("kind")
        apiVersion = fields.take("apiVersion")
        resolver = fields.take("resolver")
        resolverParams = fields.take("params")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("name", name)
        fields.put("kind", kind)
        fields.put("apiVersion", apiVersion)
        fields.put("resolver", resolver)
        fields.put("params", resolverParams)
        fields.merge(uninterpreted)
    }
}
