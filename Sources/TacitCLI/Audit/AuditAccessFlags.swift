// SPDX-License-Identifier: Apache-2.0
internal import RunRecords

/// The flags of `tacit audit access`.
enum AuditAccessFlags {
    static let run = Flag(
        "run",
        value: "RUN",
        repeats: true,
        summary: "this run only: an id, the beginning of one, or latest"
    )
    static let secret = Flag(
        "secret",
        value: "NAME",
        summary: "this secret only: an object's name, a Secret's, or the path of the file"
    )
    static let task = Flag("task", value: "NAME", summary: "this Task or TaskRun only")
    static let step = Flag("step", value: "NAME", summary: "this step only")
    static let executable = Flag(
        "executable",
        value: "PROGRAM",
        summary: "this program only: its path, or the last part of it"
    )
    static let since = Flag(
        "since",
        value: "TIME",
        summary: "from then on: a date, a time (RFC 3339), or how long ago (2h)"
    )
    static let until = Flag("until", value: "TIME", summary: "up to then, as `--since`")
    static let output = Flag(
        "output",
        "o",
        value: "FORMAT",
        choices: AccessReport.Format.allCases.map(\.rawValue),
        summary: "text, or JSON Lines; default text"
    )
    static let verify = Flag("verify", summary: "check that the records are as they were written")
    static let exportHead = Flag("export-head", summary: "print the heads of the chains")
    static let head = Flag(
        "head",
        value: "FILE",
        completion: .files,
        summary: "with `--verify`: heads that were exported before; the records must contain them"
    )
    static let join = Flag(
        "join",
        value: "FILE",
        completion: .files,
        summary: "join with the audit log of a Vault or OpenBao server"
    )
    /// In the order of the help.
    static let all = [
        run, secret, task, step, executable, since, until, output, verify, head, exportHead, join,
    ]
}
