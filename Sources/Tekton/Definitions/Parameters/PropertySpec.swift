// SPDX-License-Identifier: Apache-2.0
package import JSON

/// The type of one key of an object parameter or result.
package struct PropertySpec: FieldCoded {
    /// `nil` only before defaults are set.
    package var type: ParamType?
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        type = fields.take("type")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("type", type)
        fields.merge(uninterpreted)
    }
}
