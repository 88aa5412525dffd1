// SPDX-License-Identifier: Apache-2.0
package import JSON

/// What every access to one version of one secret file has in common; encoded once, shared by its events.
package final class AccessedSecret: Sendable {
    package enum Access: String, Sendable {
        case open
        /// The first read by a process other than the opener.
        case read
    }

    package let taskRun: String
    package let step: String
    package let volume: String
    /// The absolute path that the step's processes see.
    package let path: String
    package let object: String
    /// Counts refetches within the run, from 1.
    package let version: Int
    package let storeVersion: String
    /// The store's own id of the request that fetched it; empty when it has none.
    package let requestID: String
    /// A keyed hash of the value.
    package let fingerprint: String

    private let openTemplate: JSONTemplate
    private let readTemplate: JSONTemplate

    package init(
        taskRun: String,
        step: String,
        volume: String,
        path: String,
        object: String,
        version: Int,
        storeVersion: String,
        requestID: String,
        fingerprint: String
    ) {
        self.taskRun = taskRun
        self.step = step
        self.volume = volume
        self.path = path
        self.object = object
        self.version = version
        self.storeVersion = storeVersion
        self.requestID = requestID
        self.fingerprint = fingerprint
        func template(_ access: Access) -> JSONTemplate {
            var line = JSONLine()
            line.add("event", "secret.accessed")
            line.add("access", access.rawValue)
            line.add("taskRun", taskRun)
            line.add("step", step)
            line.add("volume", volume)
            line.add("path", path)
            line.add("object", object)
            line.add("version", version)
            if !storeVersion.isEmpty { line.add("storeVersion", storeVersion) }
            if !requestID.isEmpty { line.add("requestID", requestID) }
            line.add("hash", fingerprint)
            let members = Array(line.bytes.dropFirst())
            let start = #"{"v":\#(RunEvent.schemaVersion),"seq":"#
            return JSONTemplate([
                Array(start.utf8), Array(#","time":""#.utf8),
                Array(#"","#.utf8) + members + Array(#","pid":"#.utf8), Array(#","uid":"#.utf8),
                Array(#","executable":"#.utf8), Array("}\n".utf8),
            ])
        }
        openTemplate = template(.open)
        readTemplate = template(.read)
    }

    /// The event of an access as a line of a run's event file.
    ///
    /// - Parameters:
    ///   - access: what was done.
    ///   - process: its id.
    ///   - user: its user's id.
    ///   - executable: its program, redacted.
    ///   - sequence: the number of the event.
    ///   - time: in UTC, RFC 3339; ASCII.
    /// - Returns: the line.
    package func line(
        _ access: Access,
        by process: Int32,
        of user: UInt32,
        executable: String,
        sequence: Int,
        time: [UInt8]
    ) -> JSONLine {
        let template = access == .open ? openTemplate : readTemplate
        return template.line(
            .integer(UInt32(truncatingIfNeeded: sequence)),
            .encoded(time),
            .integer(UInt32(clamping: process)),
            .integer(user),
            .string(executable)
        )
    }
}
