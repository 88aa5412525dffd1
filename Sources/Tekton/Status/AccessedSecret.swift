// SPDX-License-Identifier: Apache-2.0
internal import JSON

/// What every access to one version of one secret file has in common; encoded once, shared by its events.
package final class AccessedSecret: Sendable {
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

    /// The members of an event's line that tell all of this.
    let members: JSONMembers

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
        var line = JSONLine()
        line.add("taskRun", taskRun)
        line.add("step", step)
        line.add("volume", volume)
        line.add("path", path)
        line.add("object", object)
        line.add("version", version)
        if !storeVersion.isEmpty { line.add("storeVersion", storeVersion) }
        if !requestID.isEmpty { line.add("requestID", requestID) }
        line.add("hash", fingerprint)
        members = line.members
    }
}
