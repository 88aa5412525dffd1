// SPDX-License-Identifier: Apache-2.0
package import JSON

/// Linux capabilities added to and dropped from the default set; names without `CAP_`.
package struct CapabilityChange: FieldCoded {
    package var added: [String] = []
    package var dropped: [String] = []
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        added = fields.take("add")
        dropped = fields.take("drop")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("add", added)
        fields.put("drop", dropped)
        fields.merge(uninterpreted)
    }
}
