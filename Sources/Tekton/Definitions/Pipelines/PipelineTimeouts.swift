// SPDX-License-Identifier: Apache-2.0
package import JSON

/// The time limits of a PipelineRun; zero means none.
package struct PipelineTimeouts: FieldCoded {
    package var pipeline: GoDuration?
    package var tasks: GoDuration?
    package var finally: GoDuration?
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        pipeline = fields.take("pipeline")
        tasks = fields.take("tasks")
        finally = fields.take("finally")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("pipeline", pipeline)
        fields.put("tasks", tasks)
        fields.put("finally", finally)
        fields.merge(uninterpreted)
    }
}
