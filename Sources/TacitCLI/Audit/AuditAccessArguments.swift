// SPDX-License-Identifier: Apache-2.0
internal import Platform
internal import RunRecords
internal import Tekton

/// What `tacit audit access` was asked for.
struct AuditAccessArguments {
    enum Action {
        case list
        case verify(saved: [RunIdentifier: TrailHead])
        case exportHeads
        /// With the log at this path.
        case join(String)
    }

    var runs: [String]
    var filter = AccessFilter()
    var format: AccessReport.Format
    var action = Action.list

    /// Reads what the table has parsed; times that say how long ago count from `now`.
    init(_ arguments: Arguments, now: Timestamp) throws(CommandFailure) {
        runs = arguments.values(of: AuditAccessFlags.run)
        format =
            arguments.value(of: AuditAccessFlags.output).flatMap(AccessReport.Format.init) ?? .text
        filter.secret = arguments.value(of: AuditAccessFlags.secret)
        filter.task = arguments.value(of: AuditAccessFlags.task)
        filter.step = arguments.value(of: AuditAccessFlags.step)
        filter.executable = arguments.value(of: AuditAccessFlags.executable)
        filter.since = try Self.time(AuditAccessFlags.since, arguments, now)
        filter.until = try Self.time(AuditAccessFlags.until, arguments, now)
        action = try Self.action(arguments)
    }

    private static func action(_ arguments: Arguments) throws(CommandFailure) -> Action {
        let asked = [AuditAccessFlags.verify, AuditAccessFlags.exportHead, AuditAccessFlags.join]
            .filter { arguments.has($0) }
        if asked.count > 1 {
            let names = asked.map { "`--\($0.name)`" }.joined(separator: " and ")
            throw .usage("\(names) exclude each other")
        }
        let head = arguments.value(of: AuditAccessFlags.head)
        if arguments.has(AuditAccessFlags.verify) {
            return .verify(
                saved: try head.map { path throws(CommandFailure) in try heads(path) } ?? [:]
            )
        }
        if head != nil { throw .usage("`--head` goes with `--verify`") }
        if let log = arguments.value(of: AuditAccessFlags.join) { return .join(log) }
        return arguments.has(AuditAccessFlags.exportHead) ? .exportHeads : .list
    }

    private static func heads(
        _ path: String
    ) throws(CommandFailure) -> [RunIdentifier: TrailHead] {
        do {
            let bytes = try FileDescriptor.open(path).readToEnd(limit: 256 << 20)
            guard let heads = ExportedHeads.read(bytes) else {
                throw CommandFailure.usage(
                    "`\(path)` holds no heads",
                    hint: "name a file with what `tacit audit access --export-head` printed"
                )
            }
            return heads
        } catch let error as SystemError {
            throw .usage("cannot read `\(path)`: \(error.code)")
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            preconditionFailure("reading a file throws a system error: \(error)")
        }
    }

    /// A time as the records have it.
    private static func time(
        _ flag: Flag,
        _ arguments: Arguments,
        _ now: Timestamp
    ) throws(CommandFailure) -> String? {
        guard let text = arguments.value(of: flag) else { return nil }
        if let time = Timestamp(parsing: text) { return time.microseconds }
        if let ago = GoDuration(parsing: text), ago.nanoseconds >= 0 {
            return Timestamp(nanoseconds: now.nanoseconds - ago.nanoseconds).microseconds
        }
        throw .usage(
            "`--\(flag.name)` takes a date, a time such as `2026-03-01T10:00:00Z`, or how long ago "
                + "(`2h`), not `\(text)`"
        )
    }
}
