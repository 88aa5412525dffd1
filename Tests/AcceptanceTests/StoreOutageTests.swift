// SPDX-License-Identifier: Apache-2.0
import Platform
import TestSupport
import Testing

/// Runs against a real OpenBao that goes away, is sealed, or lives at another time.
///
/// The suite's length of an outage is `TACIT_OUTAGE_SECONDS`: short in `make test`, a minute in `make test-all`.
@Suite("A store that is not to be had", .serialized)
struct StoreOutageTests {
    private static let old = "kanarienvogel-vorher-90cc31"
    private static let new = "kanarienvogel-nachher-1b7e44"
    private static let outage =
        EnvironmentVariables.current["TACIT_OUTAGE_SECONDS"]
        .flatMap { Int($0) } ?? 10

    private let store: OpenBao
    private let role: (roleID: String, secretID: String)

    init() throws {
        store = try OpenBao(isSecure: true)
        try store.write("sys/mounts/cicd", #"{"type": "kv", "options": {"version": "2"}}"#)
        try store.setPolicy("ci", #"path "*" { capabilities = ["read", "update"] }"#)
        store.enableLogin("approle")
        role = try store.appRole("ci", policies: ["ci"])
        try set(Self.old)
    }

    private func set(_ value: String) throws {
        try store.write("cicd/data/github", #"{"data": {"token": "\#(value)"}}"#)
    }

    /// A run of a class with these objects, whose store is reached at `url`.
    private func run(
        _ script: String,
        objects: [String] = [],
        url: String? = nil,
        _ arguments: [String] = []
    ) throws -> Run {
        let list = (["objectName: token, secretPath: cicd/data/github, secretKey: token"] + objects)
            .map { "      - {\($0)}" }.joined(separator: "\n")
        var run = try Run(
            """
            apiVersion: secrets-store.csi.x-k8s.io/v1
            kind: SecretProviderClass
            metadata: {name: ci}
            spec:
              provider: openbao
              parameters:
                roleName: ci
                baoAddress: \(store.url)
                objects: |
            \(list)
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
                steps:
                - name: use
                  image: bash
                  volumeMounts: [{name: s, mountPath: /mnt/secrets}]
                  script: |
                    #!/bin/bash
                    old=$(cat /mnt/secrets/token)
            \(script.split(separator: "\n").map { "        " + $0 }.joined(separator: "\n"))
            """,
            "-s",
            "build-sa"
        )
        run.arguments += arguments
        let directory = run.directory
        try directory.write(role.roleID, to: "home/role-id", permissions: 0o600)
        try directory.write(role.secretID, to: "home/secret-id", permissions: 0o600)
        try directory.write(
            """
            endpoints:
              \(store.url): {url: \(url ?? store.url), caFile: \(store.authority ?? "none")}
            identities:
              default/build-sa:
                vault:
                  endpoints: [\(store.url)]
                  method: approle
                  roleIdFile: \(directory.path("home/role-id"))
                  secretIdFile: \(directory.path("home/secret-id"))
            """,
            to: "home/.config/tacit/config.yaml",
            permissions: 0o600
        )
        return run
    }

    private func wait(for word: String, in running: borrowing RunningCommand, seconds: Int) throws {
        for _ in 0..<seconds * 20 where !running.output.contains(word) {
            try sleep(milliseconds: 50)
        }
        #expect(running.output.contains(word), "\(running.output)")
    }

    /// What the user was told of the store's being away.
    private func reports(_ outcome: CommandOutcome) -> [Substring] {
        outcome.error.split(separator: "\n").filter {
            $0.contains("cannot be asked again") || $0.contains("cannot be renewed")
        }
    }

    @Test func `an outage while a run holds leases and rotates leaves it alone, and is told once`()
        throws
    {
        let database = try RedisServer()
        // Renewal is due within the outage, the end of the lease comes after it.
        let seconds = (Self.outage + 3) * 5 / 4 + 1
        try store.write("sys/mounts/db", #"{"type": "database"}"#)
        try store.write(
            "db/config/r",
            """
            {"plugin_name": "redis-database-plugin", "host": "127.0.0.1", "port": \(database.port),
             "username": "default", "password": "\(database.password)", "allowed_roles": ["*"]}
            """
        )
        try store.write(
            "db/roles/ci",
            #"{"db_name": "r", "creation_statements": "[\"+@read\",\"~*\"]", "default_ttl": "\#(seconds)s", "max_ttl": "10m"}"#
        )
        let proxy = try FaultyServer(upstream: store.url, upstreamAuthority: store.authority)
        let run = try run(
            """
            user=$(cat /mnt/secrets/user); password=$(cat /mnt/secrets/password)
            same() { [ "$(cat /mnt/secrets/user)$(cat /mnt/secrets/password)" = "$user$password" ]; }
            echo MARKER ready
            while [ "$(cat /mnt/secrets/token)" = "$old" ]; do
              same || exit 9; [ $SECONDS -gt \(Self.outage + 60) ] && exit 8; sleep 0.2
            done
            while [ $SECONDS -lt \(seconds + 2) ]; do same || exit 9; sleep 0.2; done
            echo "late $old $(cat /mnt/secrets/token)"; sleep 3
            """,
            objects: [
                "objectName: user, secretPath: db/creds/ci, secretKey: username",
                "objectName: password, secretPath: db/creds/ci, secretKey: password",
            ],
            url: proxy.url,
            ["--rotate", "1s"]
        )
        let running = try run.command.start()
        try wait(for: "ready", in: running, seconds: 60)
        let users = try database.users().filter { $0 != "default" }
        #expect(users.count == 1)
        try proxy.setFaults(#"[{"fault": "close", "times": 999999}]"#)
        try sleep(milliseconds: CInt(Self.outage) * 1000)
        try set(Self.new)
        try proxy.setFaults("[]")
        try wait(for: "late", in: running, seconds: Self.outage + 60)
        // The credential has outlived its first lease, which only a renewal after the outage can have brought about.
        #expect(try database.users().filter { $0 != "default" } == users)
        let outcome = running.finish()
        #expect(outcome.exitCode == 0, "\(outcome)")
        #expect(reports(outcome).count == 1, "\(outcome.error)")
        let log = try run.log("t", "use")
        #expect(log.contains("late [REDACTED:token] [REDACTED:token]"), "\(log)")
        #expect(try database.users() == ["default"])
        for value in [Self.old, Self.new] + users {
            #expect(try run.leaks(of: value, in: outcome) == [])
        }
    }

    @Test
    func `a sealed store stops a run before any step, in its own words, and says how to unseal`()
        throws
    {
        let run = try run("echo step has run")
        try store.write("sys/seal")
        let outcome = try run.finish()
        #expect(outcome.exitCode == 3, "\(outcome)")
        #expect(outcome.error.contains("sealed (status 503)"), "\(outcome)")
        #expect(outcome.error.contains("bao operator unseal"), "\(outcome)")
        #expect(!outcome.output.contains("step has run"))
        let check = try Command(
            [Checkout.tacit, "secret", "check", run.directory.path("run.yaml"), "-s", "build-sa"],
            environment: run.environment
        ).run()
        #expect(check.exitCode == 3 && check.error.contains("sealed (status 503)"), "\(check)")
        #expect(try run.leaks(of: Self.old, in: outcome) == [])
    }

    @Test func `a store that is sealed while a run rotates is told once, and the run goes on`()
        throws
    {
        let run = try run(
            "echo MARKER ready; sleep 6; [ \"$(cat /mnt/secrets/token)\" = \"$old\" ]",
            ["--rotate", "1s"]
        )
        let running = try run.command.start()
        try wait(for: "ready", in: running, seconds: 60)
        try store.write("sys/seal")
        let outcome = running.finish()
        #expect(outcome.exitCode == 0, "\(outcome)")
        #expect(reports(outcome).count == 1, "\(outcome.error)")
        #expect(reports(outcome).first?.contains("sealed") == true, "\(outcome.error)")
        #expect(try run.leaks(of: Self.old, in: outcome) == [])
    }

    /// Asks for the class's secrets with this host's clock set otherwise, and masks the canary with them.
    private func redact(_ run: Run, clock: String) throws -> CommandOutcome {
        try Command(
            [
                "faketime", "-f", clock, Checkout.tacit, "redact", "--class", "ci",
                "-s", "build-sa", run.directory.path("run.yaml"),
            ],
            environment: run.environment,
            input: "it is \(Self.old)"
        ).run()
    }

    @Test
    func
        `a clock that goes a day before the store's changes nothing: what is lent counts in spans`()
        throws
    {
        let outcome = try redact(try run("true"), clock: "+1d")
        #expect(outcome.exitCode == 0, "\(outcome)")
        #expect(outcome.output == "it is [REDACTED:token]", "\(outcome)")
    }

    @Test func `a certificate that is not valid yet is told as that, with the clocks to compare`()
        throws
    {
        let outcome = try redact(try run("true"), clock: "-2d")
        #expect(outcome.exitCode == 3, "\(outcome)")
        #expect(outcome.error.contains("not yet valid"), "\(outcome)")
        #expect(outcome.error.contains("compare this host's clock"), "\(outcome)")
        #expect(!outcome.error.contains("caFile"), "\(outcome)")
    }
}
