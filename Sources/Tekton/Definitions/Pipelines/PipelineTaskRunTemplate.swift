// SPDX-License-Identifier: Apache-2.0
package import JSON

/// What every TaskRun of the run gets.
package struct PipelineTaskRunTemplate: FieldCoded {
    package var podTemplate: PodTemplate?
    /// `default` after defaults are set.
    package var serviceAccountName: String = ""
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        podTemplate = fields.take("podTemplate")
        serviceAccountName = fields.take("serviceAccountName")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("podTemplate", podTemplate)
        fields.put("serviceAccountName", serviceAccountName)
        fields.merge(uninterpreted)
    }
}
