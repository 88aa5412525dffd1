// SPDX-License-Identifier: Apache-2.0
package import JSON

/// Where a container sees a volume.
package struct VolumeMount: FieldCoded {
    package var name: String = ""
    package var isReadOnly: Bool = false
    package var mountPath: String = ""
    package var subPath: String = ""
    /// As `subPath`, with `$(NAME)` expanded from the container's environment.
    package var subPathExpression: String = ""
    package var mountPropagation: String?
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        name = fields.take("name")
        isReadOnly = fields.take("readOnly")
        mountPath = fields.take("mountPath")
        subPath = fields.take("subPath")
        subPathExpression = fields.take("subPathExpr")
        mountPropagation = fields.take("mountPropagation")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("name", name, always: true)
        fields.put("readOnly", isReadOnly)
        fields.put("mountPath", mountPath, always: true)
        fields.put("subPath", subPath)
        fields.put("subPathExpr", subPathExpression)
        fields.put("mountPropagation", mountPropagation)
        fields.merge(uninterpreted)
    }
}
