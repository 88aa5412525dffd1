// SPDX-License-Identifier: Apache-2.0
package import JSON

/// Parameters over whose combinations a pipeline task fans out.
package struct Matrix: FieldCoded {
    package var params: [Param] = []
    package var include: [MatrixInclude] = []
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        params = fields.take("params")
        include = fields.take("include")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("params", params)
        fields.put("include", include)
        fields.merge(uninterpreted)
    }
}
