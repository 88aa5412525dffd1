// SPDX-License-Identifier: Apache-2.0

extension ObjectSchema {
    /// Volumes of storage systems, which no host run serves but whose fields are still checked (core/v1).
    static let volumePlugin: [ObjectSchema] = [
        ObjectSchema(
            "GCEPersistentDiskVolumeSource",
            [
                "fsType": .string,
                "partition": .int32,
                "pdName": .string,
                "readOnly": .bool,
            ]
        ),
        ObjectSchema(
            "AWSElasticBlockStoreVolumeSource",
            [
                "fsType": .string,
                "partition": .int32,
                "readOnly": .bool,
                "volumeID": .string,
            ]
        ),
        ObjectSchema(
            "GitRepoVolumeSource",
            [
                "directory": .string,
                "repository": .string,
                "revision": .string,
            ]
        ),
        ObjectSchema(
            "NFSVolumeSource",
            [
                "path": .string,
                "readOnly": .bool,
                "server": .string,
            ]
        ),
        ObjectSchema(
            "ISCSIVolumeSource",
            [
                "chapAuthDiscovery": .bool,
                "chapAuthSession": .bool,
                "fsType": .string,
                "initiatorName": .string,
                "iqn": .string,
                "iscsiInterface": .string,
                "lun": .int32,
                "portals": .list(.string),
                "readOnly": .bool,
                "secretRef": .object("LocalObjectReference"),
                "targetPortal": .string,
            ]
        ),
        ObjectSchema(
            "GlusterfsVolumeSource",
            [
                "endpoints": .string,
                "path": .string,
                "readOnly": .bool,
            ]
        ),
        ObjectSchema(
            "RBDVolumeSource",
            [
                "fsType": .string,
                "image": .string,
                "keyring": .string,
                "monitors": .list(.string),
                "pool": .string,
                "readOnly": .bool,
                "secretRef": .object("LocalObjectReference"),
                "user": .string,
            ]
        ),
        ObjectSchema(
            "FlexVolumeSource",
            [
                "driver": .string,
                "fsType": .string,
                "options": .map(.string),
                "readOnly": .bool,
                "secretRef": .object("LocalObjectReference"),
            ]
        ),
        ObjectSchema(
            "CinderVolumeSource",
            [
                "fsType": .string,
                "readOnly": .bool,
                "secretRef": .object("LocalObjectReference"),
                "volumeID": .string,
            ]
        ),
        ObjectSchema(
            "CephFSVolumeSource",
            [
                "monitors": .list(.string),
                "path": .string,
                "readOnly": .bool,
                "secretFile": .string,
                "secretRef": .object("LocalObjectReference"),
                "user": .string,
            ]
        ),
        ObjectSchema(
            "FlockerVolumeSource",
            [
                "datasetName": .string,
                "datasetUUID": .string,
            ]
        ),
        ObjectSchema(
            "FCVolumeSource",
            [
                "fsType": .string,
                "lun": .int32,
                "readOnly": .bool,
                "targetWWNs": .list(.string),
                "wwids": .list(.string),
            ]
        ),
        ObjectSchema(
            "AzureFileVolumeSource",
            [
                "readOnly": .bool,
                "secretName": .string,
                "shareName": .string,
            ]
        ),
        ObjectSchema(
            "VsphereVirtualDiskVolumeSource",
            [
                "fsType": .string,
                "storagePolicyID": .string,
                "storagePolicyName": .string,
                "volumePath": .string,
            ]
        ),
        ObjectSchema(
            "QuobyteVolumeSource",
            [
                "group": .string,
                "readOnly": .bool,
                "registry": .string,
                "tenant": .string,
                "user": .string,
                "volume": .string,
            ]
        ),
        ObjectSchema(
            "AzureDiskVolumeSource",
            [
                "cachingMode": .string,
                "diskName": .string,
                "diskURI": .string,
                "fsType": .string,
                "kind": .string,
                "readOnly": .bool,
            ]
        ),
        ObjectSchema(
            "PhotonPersistentDiskVolumeSource",
            [
                "fsType": .string,
                "pdID": .string,
            ]
        ),
        ObjectSchema(
            "PortworxVolumeSource",
            [
                "fsType": .string,
                "readOnly": .bool,
                "volumeID": .string,
            ]
        ),
        ObjectSchema(
            "ScaleIOVolumeSource",
            [
                "fsType": .string,
                "gateway": .string,
                "protectionDomain": .string,
                "readOnly": .bool,
                "secretRef": .object("LocalObjectReference"),
                "sslEnabled": .bool,
                "storageMode": .string,
                "storagePool": .string,
                "system": .string,
                "volumeName": .string,
            ]
        ),
        ObjectSchema(
            "StorageOSVolumeSource",
            [
                "fsType": .string,
                "readOnly": .bool,
                "secretRef": .object("LocalObjectReference"),
                "volumeName": .string,
                "volumeNamespace": .string,
            ]
        ),
    ]
}
