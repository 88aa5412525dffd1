// SPDX-License-Identifier: Apache-2.0
import Platform
import TestSupport
import Testing

/// The copy of the record that the system's journal may get.
@Suite("System journal")
struct SystemJournalTests {
    private func run() throws -> Run {
        let run = try Run(
            """
            apiVersion: v1
            kind: Secret
            metadata: {name: creds}
            stringData: {token: kanarienvogel-6d11aa09}
            ---
            apiVersion: tekton.dev/v1
            kind: TaskRun
            metadata: {name: t}
            spec:
              taskSpec:
                volumes: [{name: s, secret: {secretName: creds}}]
                steps:
                - name: use
                  image: bash
                  volumeMounts: [{name: s, mountPath: /mnt/secrets}]
                  script: "cat /mnt/secrets/token >/dev/null"
            """
        )
        try run.directory.write("audit: {journal: true}\n", to: "home/.config/tacit/config.yaml")
        return run
    }

    /// Runs a command where /run is empty.
    private func apart(_ script: String, _ run: Run) throws -> CommandOutcome {
        try Command(
            ["unshare", "--mount", "--propagation", "private", "bash", "-c"]
                + ["mount -t tmpfs none /run && { \(script)\n}", "bash"] + run.command.arguments,
            environment: run.environment
        ).run()
    }

    @Test func `the journal gets every event of a run, if it is told to`() throws {
        let run = try run()
        let outcome = try apart(
            """
            id=$(cat /etc/machine-id); mkdir -p /run/systemd/journal "/run/log/journal/$id"
            /lib/systemd/systemd-journald & journal=$!
            for i in $(seq 100); do [ -S /run/systemd/journal/socket ] && break; sleep 0.1; done
            "$@"; code=$?
            for i in $(seq 50); do
              journalctl --no-pager -o cat SYSLOG_IDENTIFIER=tacit > "$HOME/journal"
              grep -q run.finished "$HOME/journal" && break; sleep 0.1
            done
            kill $journal; exit $code
            """,
            run
        )
        #expect(outcome.exitCode == 0, "\(outcome)")
        let journal = try run.directory.read("home/journal")
        #expect(journal.split(separator: "\n").count == (try run.events().count))
        #expect(journal.contains(#""event":"secret.accessed","access":"open""#), "\(journal)")
        #expect(!journal.contains("kanarienvogel"))
    }

    @Test func `without a journal to reach nothing runs`() throws {
        let run = try run()
        let outcome = try apart("\"$@\"", run)
        #expect(outcome.exitCode == 4, "\(outcome)")
        #expect(outcome.error.contains("the system's journal cannot be reached"), "\(outcome)")
    }
}
