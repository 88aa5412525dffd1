// SPDX-License-Identifier: Apache-2.0
package import JSON

/// One access to a secret as an event file has it: who read what, when.
package struct AccessEntry: Sendable, Hashable {
    package var run: RunIdentifier
    /// The number of the event in its run.
    package var number: Int
    /// In UTC, RFC 3339 with microseconds: later ones sort later.
    package var time: String
    /// `open`, or `read` for the first read by a process other than the opener.
    package var access: String
    package var task: String
    package var taskRun: String
    package var step: String
    package var volume: String
    package var path: String
    package var object: String
    package var version: Int
    package var storeVersion: String
    package var requestID: String
    package var fingerprint: String
    package var pid: Int
    package var uid: Int
    package var executable: String

    /// Takes an event over; `nil` when it is no access.
    ///
    /// `task` is the name of the Task that the TaskRun runs.
    init?(_ event: JSONValue, of run: RunIdentifier, task: (String) -> String) {
        guard event["event"]?.string == "secret.accessed" else { return nil }
        func text(_ name: String) -> String { event[name]?.string ?? "" }
        func integer(_ name: String) -> Int { event[name]?.integer ?? 0 }
        self.run = run
        number = integer("seq")
        time = text("time")
        access = text("access")
        taskRun = text("taskRun")
        self.task = task(taskRun)
        step = text("step")
        volume = text("volume")
        path = text("path")
        object = text("object")
        version = integer("version")
        storeVersion = text("storeVersion")
        requestID = text("requestID")
        fingerprint = text("hash")
        pid = integer("pid")
        uid = integer("uid")
        executable = text("executable")
    }

    /// The entry as `tacit audit access -o json` prints it, on one line.
    package var line: JSONLine {
        var line = JSONLine()
        line.add("run", run.text)
        line.add("seq", number)
        line.add("time", time)
        line.add("access", access)
        line.add("task", task)
        line.add("taskRun", taskRun)
        line.add("step", step)
        line.add("volume", volume)
        line.add("path", path)
        line.add("object", object)
        line.add("version", version)
        line.add("storeVersion", storeVersion)
        line.add("requestID", requestID)
        line.add("hash", fingerprint)
        line.add("pid", pid)
        line.add("uid", uid)
        line.add("executable", executable)
        line.finish()
        return line
    }
}

extension JSONValue {
    /// A whole number; `nil` for everything else.
    var integer: Int? {
        if case .number(let text) = self { Int(text) } else { nil }
    }
}
