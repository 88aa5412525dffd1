// SPDX-License-Identifier: Apache-2.0
internal import Diagnostics
internal import JSON
internal import Platform
internal import RunRecords

/// Joins the accesses with a store's audit log: this login, this read in the store, these processes.
struct StoreJoinReport {
    /// What one request to the store came to on this host.
    private struct Use {
        var objects: [String] = []
        var runs: [RunIdentifier] = []
        var accesses: [AccessEntry] = []
    }

    private let report: AccessReport

    init(_ report: AccessReport) {
        self.report = report
    }

    func join(_ runs: [RunIdentifier], with path: String) throws -> ExitCode {
        var uses: [String: Use] = [:]
        var code = ExitCode.success
        for run in runs {
            let isRead = try report.read(run) { entry in
                if !entry.requestID.isEmpty {
                    uses[entry.requestID, default: Use()].accesses.append(entry)
                }
            } fetch: { fetch in
                if fetch.requestID.isEmpty { return }
                uses[fetch.requestID, default: Use()].objects.append(fetch.object)
                uses[fetch.requestID, default: Use()].runs.append(fetch.run)
            }
            if !isRead { code = .wrongUsage }
        }
        let log: StoreAuditLog
        do {
            log = try StoreAuditLog(path, requests: Set(uses.keys))
        } catch {
            throw CommandFailure.usage("cannot read `\(path)`: \(error.code)")
        }
        let known = log.requests.values.sorted {
            ($0.time, $0.identifier) < ($1.time, $1.identifier)
        }
        for request in known {
            try write(
                request,
                login: log.login(of: request.identifier),
                uses[request.identifier] ?? Use()
            )
        }
        note(log, unknown: uses.count - known.count)
        return code
    }

    private func note(_ log: StoreAuditLog, unknown: Int) {
        if log.unreadableLineCount > 0 {
            report.terminal.note(
                "warning: \(log.unreadableLineCount) lines of the log make no sense"
            )
        }
        if unknown > 0 {
            report.terminal.note(
                "warning: \(unknown) requests that runs made are not in the log: it is another "
                    + "server's, or of another time"
            )
        }
    }

    private func write(
        _ request: StoreAuditLog.Request,
        login: StoreAuditLog.Request?,
        _ use: Use
    ) throws {
        switch report.format {
        case .json: try report.terminal.write(Self.line(request, login, use).bytes.span)
        case .text:
            let text = PrintableText.escape(Self.text(request, login, use)) + "\n"
            try report.terminal.write(Array(text.utf8).span)
        }
    }

    private static func text(
        _ request: StoreAuditLog.Request,
        _ login: StoreAuditLog.Request?,
        _ use: Use
    ) -> String {
        let facts = request.metadata.isEmpty ? "" : " (\(request.metadata.joined(separator: ", ")))"
        var text = "\(request.time)  "
        if let login {
            text += "login \(login.path) at \(login.time) from \(login.address), "
        }
        text += "as \(request.displayName)\(facts)  \(request.operation) \(request.path)"
        text += "  request \(request.identifier)"
        if !request.error.isEmpty { text += "  refused" }
        let readers = use.accesses.map { entry in
            "\(entry.run) \(entry.taskRun)/\(entry.step) \(entry.object) by \(entry.executable) "
                + "pid \(entry.pid) uid \(entry.uid) at \(entry.time)"
        }
        return text + "  " + (readers.isEmpty ? "nobody opened it" : "opened: ")
            + readers.joined(separator: "; ")
    }

    private static func line(
        _ request: StoreAuditLog.Request,
        _ login: StoreAuditLog.Request?,
        _ use: Use
    ) -> JSONLine {
        var line = JSONLine()
        line.add("requestID", request.identifier)
        line.add("store", value(of: request))
        line.add("login", login.map(value) ?? .null)
        line.add("objects", .array(use.objects.sorted().map { .string($0) }))
        line.add("accesses", .array(use.accesses.map(value)))
        line.finish()
        return line
    }

    private static func value(of request: StoreAuditLog.Request) -> JSONValue {
        .object([
            "requestID": .string(request.identifier), "time": .string(request.time),
            "operation": .string(request.operation), "path": .string(request.path),
            "namespace": .string(request.namespace), "address": .string(request.address),
            "displayName": .string(request.displayName),
            "metadata": .array(request.metadata.map { .string($0) }),
            "policies": .array(request.policies.map { .string($0) }),
            "error": .string(request.error),
        ])
    }

    private static func value(of entry: AccessEntry) -> JSONValue {
        (try? JSONValue.parse(entry.line.bytes)) ?? .null
    }
}
