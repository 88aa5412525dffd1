// SPDX-License-Identifier: Apache-2.0
internal import Diagnostics
internal import JSON
internal import Platform
internal import RunRecords

/// Prints accesses and heads from the records of runs.
struct AccessReport {
    enum Format: String, CaseIterable {
        case text
        case json
    }

    var terminal: Terminal
    var format: Format
    var state: String
    var filter: AccessFilter

    /// Every access that the filter lets through, run by run, in the order in which they happened.
    func list(_ runs: [RunIdentifier]) throws -> ExitCode {
        var count = 0
        var code = ExitCode.success
        for run in runs {
            let isRead = try read(run) { entry in
                count += 1
                try write(entry)
            }
            if !isRead { code = .wrongUsage }
        }
        terminal.note("\(count) \(count == 1 ? "access" : "accesses") on record")
        return code
    }

    /// Reads the accesses of a run that the filter lets through; a record that cannot be read is told.
    ///
    /// Returns whether it could be read.
    func read(
        _ run: RunIdentifier,
        access: (AccessEntry) throws -> Void,
        fetch: (AccessScan.Fetch) throws -> Void = { _ in }
    ) throws -> Bool {
        do {
            try AccessScan(in: state).read(
                run,
                access: { entry in if filter.accepts(entry) { try access(entry) } },
                fetch: fetch
            )
            return true
        } catch let error as SystemError {
            if error.code == .brokenPipe { throw error }
            if error.code == .notFound {
                noteMissing(run)
                return true
            }
            terminal.note("error: the record of run \(run) cannot be read: \(error.code)")
            return false
        }
    }

    /// A run that was removed on purpose needs no word.
    private func noteMissing(_ run: RunIdentifier) {
        let head = try? TrailHeads(in: state).head(of: run)
        if head?.isRemoved == true { return }
        terminal.note("warning: the record of run \(run) is gone")
    }

    private func write(_ entry: AccessEntry) throws {
        switch format {
        case .json: try terminal.write(entry.line.bytes.span)
        case .text: try terminal.write(Array((Self.text(entry) + "\n").utf8).span)
        }
    }

    /// One line: when, which run and step, how, what, and by whom.
    static func text(_ entry: AccessEntry) -> String {
        let place = [entry.taskRun, entry.step].filter { !$0.isEmpty }.joined(separator: "/")
        let version =
            entry.storeVersion.isEmpty
            ? "v\(entry.version)" : "v\(entry.version), store's \(entry.storeVersion)"
        return "\(entry.time)  \(entry.run)  "
            + PrintableText.escape(
                "\(place)  \(entry.access)  \(entry.path)  (\(entry.object), \(version))  "
                    + "\(entry.executable)  pid \(entry.pid)  uid \(entry.uid)"
            )
    }

    /// One line a run, for safekeeping.
    func exportHeads(of runs: [RunIdentifier]) throws -> ExitCode {
        let heads = TrailHeads(in: state)
        for run in runs {
            guard let head = try heads.head(of: run) else {
                terminal.note("warning: run \(run) has no head")
                continue
            }
            if head.isRemoved { continue }
            try terminal.write(ExportedHeads.line(run, head).bytes.span)
        }
        return .success
    }
}
