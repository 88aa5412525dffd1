// SPDX-License-Identifier: Apache-2.0

extension ObjectSchema {
    /// Probes and lifecycle hooks (core/v1).
    static let probe: [ObjectSchema] = [
        ObjectSchema(
            "Probe",
            [
                "exec": .object("ExecAction"),
                "failureThreshold": .int32,
                "grpc": .object("GRPCAction"),
                "httpGet": .object("HTTPGetAction"),
                "initialDelaySeconds": .int32,
                "periodSeconds": .int32,
                "successThreshold": .int32,
                "tcpSocket": .object("TCPSocketAction"),
                "terminationGracePeriodSeconds": .int64,
                "timeoutSeconds": .int32,
            ]
        ),
        ObjectSchema(
            "Lifecycle",
            [
                "postStart": .object("LifecycleHandler"),
                "preStop": .object("LifecycleHandler"),
                "stopSignal": .string,
            ]
        ),
        ObjectSchema(
            "LifecycleHandler",
            [
                "exec": .object("ExecAction"),
                "httpGet": .object("HTTPGetAction"),
                "sleep": .object("SleepAction"),
                "tcpSocket": .object("TCPSocketAction"),
            ]
        ),
        ObjectSchema(
            "ExecAction",
            [
                "command": .list(.string)
            ]
        ),
        ObjectSchema(
            "HTTPGetAction",
            [
                "host": .string,
                "httpHeaders": .list(.object("HTTPHeader")),
                "path": .string,
                "port": .intOrString,
                "scheme": .string,
            ]
        ),
        ObjectSchema(
            "HTTPHeader",
            [
                "name": .string,
                "value": .string,
            ]
        ),
        ObjectSchema(
            "TCPSocketAction",
            [
                "host": .string,
                "port": .intOrString,
            ]
        ),
        ObjectSchema(
            "GRPCAction",
            [
                "port": .int32,
                "service": .string,
            ]
        ),
        ObjectSchema(
            "SleepAction",
            [
                "seconds": .int64
            ]
        ),
    ]
}
