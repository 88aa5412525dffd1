// SPDX-License-Identifier: Apache-2.0
package import JSON

/// A volume of a Task or pod template; none of the sources set means an empty directory.
package struct VolumeDefinition: FieldCoded {
    package var name: String = ""
    package var emptyDirectory: EmptyDirectorySource?
    package var secret: SecretSource?
    package var configMap: ConfigMapSource?
    package var projected: ProjectedSource?
    package var csi: CSISource?
    package var hostPath: HostPathSource?
    package var downwardAPI: DownwardAPISource?
    package var persistentVolumeClaim: PersistentVolumeClaimSource?
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        name = fields.take("name")
        emptyDirectory = fields.take("emptyDir")
        secret = fields.take("secret")
        configMap = fields.take("configMap")
        projected = fields.take("projected")
        csi = fields.take("csi")
        hostPath = fields.take("hostPath")
        downwardAPI = fields.take("downwardAPI")
        persistentVolumeClaim = fields.take("persistentVolumeClaim")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("name", name, always: true)
        fields.put("emptyDir", emptyDirectory)
        fields.put("secret", secret)
        fields.put("configMap", configMap)
        fields.put("projected", projected)
        fields.put("csi", csi)
        fields.put("hostPath", hostPath)
        fields.put("downwardAPI", downwardAPI)
        fields.put("persistentVolumeClaim", persistentVolumeClaim)
        fields.merge(uninterpreted)
    }
}
