// SPDX-License-Identifier: Apache-2.0

extension ObjectSchema {
    /// Volumes that a run may use, and where they are mounted (core/v1).
    static let volume: [ObjectSchema] = [
        ObjectSchema(
            "Volume",
            [
                "awsElasticBlockStore": .object("AWSElasticBlockStoreVolumeSource"),
                "azureDisk": .object("AzureDiskVolumeSource"),
                "azureFile": .object("AzureFileVolumeSource"),
                "cephfs": .object("CephFSVolumeSource"),
                "cinder": .object("CinderVolumeSource"),
                "configMap": .object("ConfigMapVolumeSource"),
                "csi": .object("CSIVolumeSource"),
                "downwardAPI": .object("DownwardAPIVolumeSource"),
                "emptyDir": .object("EmptyDirVolumeSource"),
                "ephemeral": .object("EphemeralVolumeSource"),
                "fc": .object("FCVolumeSource"),
                "flexVolume": .object("FlexVolumeSource"),
                "flocker": .object("FlockerVolumeSource"),
                "gcePersistentDisk": .object("GCEPersistentDiskVolumeSource"),
                "gitRepo": .object("GitRepoVolumeSource"),
                "glusterfs": .object("GlusterfsVolumeSource"),
                "hostPath": .object("HostPathVolumeSource"),
                "image": .object("ImageVolumeSource"),
                "iscsi": .object("ISCSIVolumeSource"),
                "name": .string,
                "nfs": .object("NFSVolumeSource"),
                "persistentVolumeClaim": .object("PersistentVolumeClaimVolumeSource"),
                "photonPersistentDisk": .object("PhotonPersistentDiskVolumeSource"),
                "portworxVolume": .object("PortworxVolumeSource"),
                "projected": .object("ProjectedVolumeSource"),
                "quobyte": .object("QuobyteVolumeSource"),
                "rbd": .object("RBDVolumeSource"),
                "scaleIO": .object("ScaleIOVolumeSource"),
                "secret": .object("SecretVolumeSource"),
                "storageos": .object("StorageOSVolumeSource"),
                "vsphereVolume": .object("VsphereVirtualDiskVolumeSource"),
            ]
        ),
        ObjectSchema(
            "VolumeMount",
            [
                "mountPath": .string,
                "mountPropagation": .string,
                "name": .string,
                "readOnly": .bool,
                "recursiveReadOnly": .string,
                "subPath": .string,
                "subPathExpr": .string,
            ]
        ),
        ObjectSchema(
            "VolumeDevice",
            [
                "devicePath": .string,
                "name": .string,
            ]
        ),
        ObjectSchema(
            "EmptyDirVolumeSource",
            [
                "medium": .string,
                "sizeLimit": .quantity,
            ]
        ),
        ObjectSchema(
            "HostPathVolumeSource",
            [
                "path": .string,
                "type": .string,
            ]
        ),
        ObjectSchema(
            "SecretVolumeSource",
            [
                "defaultMode": .int32,
                "items": .list(.object("KeyToPath")),
                "optional": .bool,
                "secretName": .string,
            ]
        ),
        ObjectSchema(
            "ConfigMapVolumeSource",
            [
                "defaultMode": .int32,
                "items": .list(.object("KeyToPath")),
                "name": .string,
                "optional": .bool,
            ]
        ),
        ObjectSchema(
            "KeyToPath",
            [
                "key": .string,
                "mode": .int32,
                "path": .string,
            ]
        ),
        ObjectSchema(
            "CSIVolumeSource",
            [
                "driver": .string,
                "fsType": .string,
                "nodePublishSecretRef": .object("LocalObjectReference"),
                "readOnly": .bool,
                "volumeAttributes": .map(.string),
            ]
        ),
        ObjectSchema(
            "LocalObjectReference",
            [
                "name": .string
            ]
        ),
        ObjectSchema(
            "ImageVolumeSource",
            [
                "pullPolicy": .string,
                "reference": .string,
            ]
        ),
        ObjectSchema(
            "DownwardAPIVolumeSource",
            [
                "defaultMode": .int32,
                "items": .list(.object("DownwardAPIVolumeFile")),
            ]
        ),
        ObjectSchema(
            "DownwardAPIVolumeFile",
            [
                "fieldRef": .object("ObjectFieldSelector"),
                "mode": .int32,
                "path": .string,
                "resourceFieldRef": .object("ResourceFieldSelector"),
            ]
        ),
        ObjectSchema(
            "ProjectedVolumeSource",
            [
                "defaultMode": .int32,
                "sources": .list(.object("VolumeProjection")),
            ]
        ),
        ObjectSchema(
            "VolumeProjection",
            [
                "clusterTrustBundle": .object("ClusterTrustBundleProjection"),
                "configMap": .object("ConfigMapProjection"),
                "downwardAPI": .object("DownwardAPIProjection"),
                "podCertificate": .object("PodCertificateProjection"),
                "secret": .object("SecretProjection"),
                "serviceAccountToken": .object("ServiceAccountTokenProjection"),
            ]
        ),
        ObjectSchema(
            "SecretProjection",
            [
                "items": .list(.object("KeyToPath")),
                "name": .string,
                "optional": .bool,
            ]
        ),
        ObjectSchema(
            "ConfigMapProjection",
            [
                "items": .list(.object("KeyToPath")),
                "name": .string,
                "optional": .bool,
            ]
        ),
        ObjectSchema(
            "DownwardAPIProjection",
            [
                "items": .list(.object("DownwardAPIVolumeFile"))
            ]
        ),
        ObjectSchema(
            "ServiceAccountTokenProjection",
            [
                "audience": .string,
                "expirationSeconds": .int64,
                "path": .string,
            ]
        ),
        ObjectSchema(
            "ClusterTrustBundleProjection",
            [
                "labelSelector": .object("LabelSelector"),
                "name": .string,
                "optional": .bool,
                "path": .string,
                "signerName": .string,
            ]
        ),
        ObjectSchema(
            "PodCertificateProjection",
            [
                "certificateChainPath": .string,
                "credentialBundlePath": .string,
                "keyPath": .string,
                "keyType": .string,
                "maxExpirationSeconds": .int32,
                "signerName": .string,
                "userAnnotations": .map(.string),
            ]
        ),
    ]
}
