// SPDX-License-Identifier: Apache-2.0
package import JSON

/// Several sources laid into one directory.
package struct ProjectedSource: FieldCoded {
    package var sources: [VolumeProjection] = []
    /// Permission bits; `nil` means 0644.
    package var defaultMode: Int64?
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        sources = fields.take("sources")
        defaultMode = fields.take("defaultMode")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("sources", sources, always: true)
        fields.put("defaultMode", defaultMode)
        fields.merge(uninterpreted)
    }
}
