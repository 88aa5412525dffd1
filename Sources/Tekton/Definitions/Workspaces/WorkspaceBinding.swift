// SPDX-License-Identifier: Apache-2.0
package import JSON

/// What a run puts behind a declared workspace; exactly one source is set after validation.
package struct WorkspaceBinding: FieldCoded {
    package var name: String = ""
    /// A directory within the volume, made when absent; empty means its root.
    package var subPath: String = ""
    /// The claim as written; a new volume for each run.
    package var volumeClaimTemplate: JSONValue?
    package var persistentVolumeClaim: PersistentVolumeClaimSource?
    package var emptyDirectory: EmptyDirectorySource?
    package var configMap: ConfigMapSource?
    package var secret: SecretSource?
    package var projected: ProjectedSource?
    package var csi: CSISource?
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        name = fields.take("name")
        subPath = fields.take("subPath")
        volumeClaimTemplate = fields.take("volumeClaimTemplate")
        persistentVolumeClaim = fields.take("persistentVolumeClaim")
        emptyDirectory = fields.take("emptyDir")
        configMap = fields.take("configMap")
        secret = fields.take("secret")
        projected = fields.take("projected")
        csi = fields.take("csi")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("name", name, always: true)
        fields.put("subPath", subPath)
        fields.put("volumeClaimTemplate", volumeClaimTemplate)
        fields.put("persistentVolumeClaim", persistentVolumeClaim)
        fields.put("emptyDir", emptyDirectory)
        fields.put("configMap", configMap)
        fields.put("secret", secret)
        fields.put("projected", projected)
        fields.put("csi", csi)
        fields.merge(uninterpreted)
    }
}
