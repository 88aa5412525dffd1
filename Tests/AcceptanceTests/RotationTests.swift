// SPDX-License-Identifier: Apache-2.0
import JSON
import Platform
import TestSupport
import Testing

/// Secrets that change while a run goes on.
@Suite("Rotation")
struct RotationTests {
    private static let old = "kanarienvogel-alt-5520c1"
    private static let new = "kanarienvogel-neu-93fe07"

    private func run(
        _ script: String,
        annotation: String = "",
        _ arguments: String...
    ) throws -> Run {
        var run = try Run(
            """
            apiVersion: secrets-store.csi.x-k8s.io/v1
            kind: SecretProviderClass
            metadata:
              name: ci
              annotations: {\(annotation)}
            spec:
              provider: vault
              parameters:
                roleName: ci
                objects: |
                  - {objectName: token, secretPath: cicd/data/github, secretKey: token}
              secretObjects:
              - secretName: synced
                type: Opaque
                data: [{objectName: token, key: password}]
            ---
            apiVersion: tekton.dev/v1
            kind: TaskRun
            metadata: {name: t}
            spec:
              taskSpec:
                volumes:
                - name: s
                  csi:
                    driver: secrets-store.csi.k8s.io
                    readOnly: true
                    volumeAttributes: {secretProviderClass: ci}
                - {name: k, secret: {secretName: synced}}
                steps:
                - name: use
                  image: bash
                  volumeMounts: [{name: s, mountPath: /mnt/secrets}, {name: k, mountPath: /keys}]
                  script: |
                    #!/bin/bash
                    cd /; changed() { [ "$(cat /mnt/secrets/token)" != "$1" ]; }
                    old=$(cat /mnt/secrets/token); exec 3< /mnt/secrets/token
                    echo "MARKER ready"
            \(script.split(separator: "\n").map { "        " + $0 }.joined(separator: "\n"))
                - name: later
                  image: bash
                  volumeMounts: [{name: s, mountPath: /mnt/secrets}]
                  script: "echo later $(cat /mnt/secrets/token)"
            """,
            "--store",
            "local"
        )
        run.arguments += arguments
        try set(Self.old, in: run)
        return run
    }

    private func set(_ value: String, in run: Run) throws {
        let outcome = try Command(
            [Checkout.tacit, "secret", "set", "cicd/data/github", "token=\(value)"],
            environment: run.environment
        ).run()
        #expect(outcome.exitCode == 0, "\(outcome)")
    }

    /// Starts the run, and does something once its step has read the value.
    private func outcome(_ run: Run, then change: () throws -> Void) throws -> CommandOutcome {
        let running = try run.command.start()
        for _ in 0..<1000 where !running.output.contains("ready") { try sleep(milliseconds: 10) }
        try change()
        return running.finish()
    }

    private static let wait = """
            for i in $(seq 200); do changed "$old" && break; sleep 0.1; done
            echo "held $(cat <&3) new $(cat /mnt/secrets/token) key $(cat /keys/password)"
        """

    @Test func `new opens see the new value, held ones keep theirs, both are masked`() throws {
        let run = try run(Self.wait, "--rotate", "1s")
        let outcome = try outcome(run) { try set(Self.new, in: run) }
        #expect(outcome.exitCode == 0, "\(outcome)")
        let log = try run.log("t", "use")
        #expect(log.contains("held [REDACTED:token] new [REDACTED:token] key [REDACTED:token]"))
        let events = try run.events()
        let versions = events.filter { $0["event"]?.string == "secret.accessed" }
            .compactMap { $0["version"]?.integer }
        #expect(versions.first == 1 && versions.last == 2, "\(versions)")
        let hashes = events.filter { $0["event"]?.string == "secret.accessed" }
            .compactMap { $0["hash"]?.string }
        #expect(Set(hashes).count == 2)
        #expect(events.count { $0["event"]?.string == "secrets.rotated" } == 1)
        for canary in [Self.old, Self.new] {
            #expect(try run.leaks(of: canary, in: outcome) == [])
        }
    }

    /// Two tasks at a time, each with a class of its own, and one after them with both.
    private func pipelineRun() throws -> Run {
        let classes = ["a", "b"].map { name in
            """
            apiVersion: secrets-store.csi.x-k8s.io/v1
            kind: SecretProviderClass
            metadata: {name: \(name)}
            spec:
              provider: vault
              parameters:
                roleName: ci
                objects: |
                  - {objectName: of-\(name), secretPath: cicd/data/\(name), secretKey: token}
            ---

            """
        }
        let task = { (name: String, classes: [String], script: String) in
            """
                - name: \(name)
                  \(classes.count > 1 ? "runAfter: [a, b]" : "")
                  taskSpec:
                    volumes: [\(classes.map { """
                        {name: \($0), csi: {driver: secrets-store.csi.k8s.io, readOnly: true, \
                        volumeAttributes: {secretProviderClass: \($0)}}}
                        """ }.joined(separator: ", "))]
                    steps:
                    - name: use
                      image: bash
                      volumeMounts: [\(classes.map { "{name: \($0), mountPath: /\($0)}" }
                          .joined(separator: ", "))]
                      script: |
                        #!/bin/bash
                        \(script)

            """
        }
        let wait = { (name: String) in
            "old=$(cat /\(name)/of-\(name)); echo \"MARKER ready-\(name) $old\"; for i in $(seq 200); do "
                + "[ \"$(cat /\(name)/of-\(name))\" != \"$old\" ] && break; sleep 0.1; done; "
                + "echo \"then $(cat /\(name)/of-\(name))\"; [ \"$(cat /\(name)/of-\(name))\" != \"$old\" ]"
        }
        return try Run(
            classes.joined() + """
                apiVersion: tekton.dev/v1
                kind: PipelineRun
                metadata: {name: p}
                spec:
                  pipelineSpec:
                    tasks:

                """
                + task("a", ["a"], wait("a")) + task("b", ["b"], wait("b"))
                + task("both", ["a", "b"], "echo \"at last $(cat /a/of-a) $(cat /b/of-b)\""),
            "--store",
            "local",
            "--rotate",
            "1s"
        )
    }

    @Test func `the classes of all tasks of a PipelineRun change, masked before and after in each`()
        throws
    {
        let run = try pipelineRun()
        try run.directory.write("parallelTasks: 2\n", to: "home/.config/tacit/config.yaml")
        let set = { (name: String, value: String) in
            let outcome = try Command(
                [Checkout.tacit, "secret", "set", "cicd/data/\(name)", "token=\(value)"],
                environment: run.environment
            ).run()
            #expect(outcome.exitCode == 0, "\(outcome)")
        }
        for name in ["a", "b"] { try set(name, "\(Self.old)-\(name)") }
        let running = try run.command.start()
        for _ in 0..<1000
        where !running.output.contains("ready-a") || !running.output.contains("ready-b") {
            try sleep(milliseconds: 20)
        }
        for name in ["a", "b"] { try set(name, "\(Self.new)-\(name)") }
        let outcome = running.finish()
        #expect(outcome.exitCode == 0, "\(outcome)")
        for name in ["a", "b"] {
            let log = try run.log("p-\(name)", "use")
            #expect(log.contains("ready-\(name) [REDACTED:of-\(name)]"), "\(log)")
            #expect(log.contains("then [REDACTED:of-\(name)]"), "\(log)")
            for value in [Self.old, Self.new] {
                #expect(try run.leaks(of: "\(value)-\(name)", in: outcome) == [])
            }
        }
        #expect(try run.log("p-both", "use") == "at last [REDACTED:of-a] [REDACTED:of-b]\n")
        #expect(outcome.output.contains("[both : use] at last [REDACTED:of-a] [REDACTED:of-b]"))
    }

    @Test func `a class says itself how often it is fetched again`() throws {
        let run = try run(Self.wait, annotation: "tacit.dev/rotate: 1s")
        let outcome = try outcome(run) { try set(Self.new, in: run) }
        #expect(try run.log("t", "use").contains("held"), "\(outcome)")
        #expect(try run.events().contains { $0["event"]?.string == "secrets.rotated" })
    }

    @Test func `without a word about it, and with 0, nothing is fetched again`() throws {
        let run = try run(
            "sleep 2.5; changed \"$old\" || echo same",
            annotation: "tacit.dev/rotate: 1s",
            "--rotate",
            "0"
        )
        let outcome = try outcome(run) { try set(Self.new, in: run) }
        #expect(try run.log("t", "use").contains("same"), "\(outcome)")
    }

    @Test func `a store that is away leaves the run alone and is told once, as is its return`()
        throws
    {
        let run = try run(
            """
            for i in $(seq 40); do changed "$old" && exit 9; sleep 0.1; done
            echo away; for i in $(seq 200); do changed "$old" && break; sleep 0.1; done
            """,
            "--rotate",
            "1s"
        )
        let store = "state/store/secrets.tacit"
        let running = try run.command.start()
        for _ in 0..<1000 where !running.output.contains("ready") { try sleep(milliseconds: 10) }
        let whole = try FileDescriptor.open(run.directory.path(store)).readToEnd()
        try run.directory.write("broken", to: store, permissions: 0o600)
        for _ in 0..<1000 where !running.output.contains("away") { try sleep(milliseconds: 10) }
        let file = try FileDescriptor.open(run.directory.path(store), [.writeOnly, .truncate])
        try file.write(whole)
        try set(Self.new, in: run)
        let outcome = running.finish()
        #expect(outcome.exitCode == 0, "\(outcome)")
        let notes = try run.events().compactMap { $0["message"]?.string }
        #expect(notes.count { $0.contains("cannot be asked again") } == 1, "\(notes)")
        #expect(notes.count { $0.contains("answers again") } == 1, "\(notes)")
        #expect(outcome.error.contains("its store cannot be asked again"))
    }

    @Test(arguments: ["10ms", "soon", "-1s"])
    func `what is no interval is refused before anything runs`(_ interval: String) throws {
        let flag = try run("true", "--rotate", interval).finish()
        #expect(flag.exitCode == 2)
        #expect(flag.error.contains("`--rotate` takes"), "\(flag)")
        let annotation = try run("true", annotation: "tacit.dev/rotate: \"\(interval)\"").finish()
        #expect(annotation.exitCode == 2)
        #expect(annotation.error.contains("annotation `tacit.dev/rotate` must be"), "\(annotation)")
    }
}

extension JSONValue {
    /// A whole number; `nil` for everything else.
    fileprivate var integer: Int? {
        if case .number(let text) = self { Int(text) } else { nil }
    }
}
