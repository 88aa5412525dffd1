// SPDX-License-Identifier: Apache-2.0
internal import Platform
internal import RunRecords

/// Where secrets are mounted host-wide: `mounts/<run>` in the state directory, holding the directory's path.
///
/// What stands there without a process that keeps the run's lock was left by one that was killed.
struct MountRecords {
    private let state: String

    init(in state: String) {
        self.state = state
    }

    /// Notes a mount before it is made.
    func add(_ run: RunIdentifier, at directory: String) throws(SystemError) {
        try Directory.create("\(state)/mounts", permissions: 0o700)
        let file = try FileDescriptor.open(path(of: run), [.writeOnly, .create, .exclusive])
        try file.write(directory)
    }

    /// Forgets a mount that is gone.
    func remove(_ run: RunIdentifier) {
        try? Directory.unlink(path(of: run))
    }

    /// Takes away what killed processes have left mounted.
    ///
    /// Returns the directories.
    func cleanUp() -> [String] {
        guard let names = try? Directory.names(in: "\(state)/mounts") else { return [] }
        var cleaned: [String] = []
        for run in names.compactMap({ RunIdentifier($0) }) where !isAlive(run) {
            guard let bytes = try? FileDescriptor.open(path(of: run)).readToEnd(limit: 65536) else {
                continue
            }
            let directory = String(decoding: bytes, as: UTF8.self)
            if Self.isMounted(directory) {
                guard (try? FUSEMount.detach(from: directory)) != nil else { continue }
                cleaned.append(directory)
            }
            remove(run)
        }
        return cleaned
    }

    /// Whether Tacit's filesystem is what a path shows.
    static func isMounted(_ directory: String) -> Bool {
        guard let bytes = try? FileDescriptor.open("/proc/self/mountinfo").readToEnd() else {
            return false
        }
        let escaped = escape(directory)
        // The last line for a directory is what covers it.
        let last = String(decoding: bytes, as: UTF8.self).split(separator: "\n").last { line in
            let fields = line.split(separator: " ")
            return fields.count > 4 && fields[4] == escaped
        }
        return last?.contains(" - fuse.secrets tacit ") ?? false
    }

    private func isAlive(_ run: RunIdentifier) -> Bool {
        do {
            _ = try FileLock(creating: "\(state)/runs/\(run)/lock")
            return false
        } catch {
            return error.code == .wouldBlock
        }
    }

    private func path(of run: RunIdentifier) -> String { "\(state)/mounts/\(run)" }

    /// As proc_pid_mountinfo(5) writes a path.
    private static func escape(_ path: String) -> String {
        var text = ""
        for scalar in path.unicodeScalars {
            switch scalar {
            case " ": text += "\\040"
            case "\t": text += "\\011"
            case "\n": text += "\\012"
            case "\\": text += "\\134"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
