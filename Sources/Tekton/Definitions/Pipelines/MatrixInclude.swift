// SPDX-License-Identifier: Apache-2.0
package import JSON

/// A row that is merged into matching combinations or added.
package struct MatrixInclude: FieldCoded {
    package var name: String = ""
    package var params: [Param] = []
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        name = fields.take("name")
        params = fields.take("params")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("name", name)
        fields.put("params", params)
        fields.merge(uninterpreted)
    }
}
