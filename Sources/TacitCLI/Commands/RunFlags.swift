// SPDX-License-Identifier: Apache-2.0

/// The flags of `tacit run`.
package enum RunFlags {
    package static let param = Flag(
        "param",
        "p",
        value: "NAME=VALUE",
        repeats: true,
        summary:
            "set a param; NAME=@FILE takes the value from a file; an array's elements are separated by commas"
    )
    package static let workspace = Flag(
        "workspace",
        "w",
        value: "NAME=SOURCE",
        repeats: true,
        completion: .directories,
        summary: "bind a workspace to a directory, emptyDir, secret:NAME or config:NAME"
    )
    package static let serviceAccount = Flag(
        "serviceaccount",
        "s",
        value: "NAME",
        summary: "the service account to run as; it decides which identity fetches secrets"
    )
    package static let task = Flag("task", value: "NAME", summary: "run this Task of the files")
    package static let pipeline = Flag(
        "pipeline",
        value: "NAME",
        summary: "run this Pipeline of the files"
    )
    package static let timeout = Flag(
        "timeout",
        value: "DURATION",
        summary: "end each run after that time (1h30m, 90s); default 1h; 0 for no limit"
    )
    package static let network = Flag(
        "network",
        value: "KIND",
        choices: ["host", "none", "private"],
        summary: "what steps can reach: what the host can, nothing, or what lies beyond the host"
    )
    package static let rotate = Flag(
        "rotate",
        value: "DURATION",
        summary:
            "fetch secrets again that often (2m), whatever their classes say in `tacit.dev/rotate`; 0 for never"
    )
    package static let dryRun = Flag(
        "dry-run",
        summary: "check everything and print what would run; run nothing"
    )
    package static let logDirectory = Flag(
        "log-dir",
        value: "DIR",
        completion: .directories,
        summary: "write each step's output to DIR/TASKRUN/STEP.log"
    )
    package static let output = Flag(
        "output",
        "o",
        value: "FORMAT",
        choices: OutputFormat.allCases.map(\.rawValue),
        summary:
            "what standard output gets: the steps' output, the finished object, or events as they happen"
    )
    package static let children = Flag(
        "children",
        summary: "with -o json or yaml: a List of the run and of the TaskRuns that it made"
    )
    package static let timestamps = Flag(
        "timestamps",
        summary: "put the time before each line of output"
    )
    package static let allowLeaks = Flag(
        "allow-leaks",
        summary: "let a run succeed although a secret's value was found in what it has written"
    )
    package static let shellOnFailure = Flag(
        "shell-on-failure",
        summary: "open a shell in a step's world when the step fails; needs a terminal"
    )
    /// In the order of the help.
    package static let all: [Flag] = [
        task, pipeline, param, workspace, serviceAccount, .namespace, .store, output, children,
        logDirectory, timestamps, dryRun, timeout, rotate, network, shellOnFailure, allowLeaks,
        .api,
    ]
}
