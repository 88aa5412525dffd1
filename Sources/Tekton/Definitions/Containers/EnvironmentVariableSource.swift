// SPDX-License-Identifier: Apache-2.0
package import JSON

/// Where a variable's value comes from; at most one is set.
package struct EnvironmentVariableSource: FieldCoded {
    package var fieldReference: FieldSelector?
    package var configMapKey: KeySelector?
    package var secretKey: KeySelector?
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        fieldReference = fields.take("fieldRef")
        configMapKey = fields.take("configMapKeyRef")
        secretKey = fields.take("secretKeyRef")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("fieldRef", fieldReference)
        fields.put("configMapKeyRef", configMapKey)
        fields.put("secretKeyRef", secretKey)
        fields.merge(uninterpreted)
    }
}
