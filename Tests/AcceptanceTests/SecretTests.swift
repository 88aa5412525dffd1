// SPDX-License-Identifier: Apache-2.0
import JSON
import Platform
import TestSupport
import Testing

@Suite("Secrets in a run")
struct SecretTests {
    private static let canary = "kanarienvogel-7f3a91c2d4"

    private func document(_ steps: String, canary: String = canary) -> String {
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: creds}
        stringData: {token: "\(canary)", run: "#!/bin/sh\\necho ran-from-secret"}
        ---
        apiVersion: tekton.dev/v1
        kind: TaskRun
        metadata: {name: t}
        spec:
          taskSpec:
            volumes: [{name: s, secret: {secretName: creds, defaultMode: 0555}}]
            steps:
        \(steps)
        """
    }

    @Test func `the step gets the value and no artefact shows it`() throws {
        let run = try Run(
            document(
                """
                    - name: use
                      image: bash
                      env: [{name: E, valueFrom: {secretKeyRef: {name: creds, key: token}}}]
                      volumeMounts: [{name: s, mountPath: /mnt/secrets, readOnly: true}]
                      script: |
                        #!/bin/bash
                        set -x
                        T=$(cat /mnt/secrets/token)
                        echo "raw $T"; echo "$E" | sha256sum; echo -n "$T" >/dev/stderr
                        [ "$T" = "$E" ] && [ ${#T} = 24 ]
                """
            ),
            "-o",
            "json"
        )
        let outcome = try run.finish()
        #expect(outcome.exitCode == 0, "\(outcome)")
        let log = try run.log("t", "use")
        #expect(log.contains("raw [REDACTED:creds/token]"), "\(log)")
        #expect(try run.leaks(of: Self.canary, in: outcome) == [])
    }

    @Test func `a result that holds a secret is masked in the object`() throws {
        let run = try Run(
            document(
                """
                    - name: use
                      image: bash
                      volumeMounts: [{name: s, mountPath: /mnt/secrets}]
                      script: cat /mnt/secrets/token > $(results.r.path)
                    results: [{name: r}]
                """
            ),
            "-o",
            "json"
        )
        let outcome = try run.finish()
        let object = try JSONValue.parse(Array(outcome.output.utf8))
        let result = object["status"]?["results"]?.array?.first
        #expect(result?["value"]?.string == "[REDACTED:creds/token]")
        #expect(try run.leaks(of: Self.canary, in: outcome) == [])
    }

    @Test func `another step sees nothing, and neither does the host`() throws {
        let run = try Run(
            document(
                """
                    - name: has
                      image: bash
                      env: [{name: M, value: MARKER}]
                      volumeMounts: [{name: s, mountPath: /mnt/secrets}]
                      script: "echo mounted; sleep 3"
                    - name: lacks
                      image: bash
                      script: |
                        ls -A /mnt; grep -c fuse /proc/self/mountinfo || true
                        find / -xdev -name token -path '*secret*' 2>/dev/null | head -1
                """
            )
        )
        let running = try run.command.start()
        for _ in 0..<500 where !running.output.contains("mounted") { try sleep(milliseconds: 20) }
        #expect(!run.processes().isEmpty)
        let mounts = try FileDescriptor.open("/proc/self/mountinfo").readToEnd()
        #expect(!String(decoding: mounts, as: UTF8.self).contains("fuse.tacit"))
        #expect(!FileStatus.isDirectory("/mnt/secrets"))
        let outcome = running.finish()
        #expect(outcome.exitCode == 0, "\(outcome)")
        #expect(try run.log("t", "lacks") == "0\n")
    }

    @Test func `two runs at once each have their own secrets at the same path`() throws {
        let step = """
                - name: use
                  image: bash
                  volumeMounts: [{name: s, mountPath: /mnt/secrets}]
                  script: "sha256sum < /mnt/secrets/token; sleep 1; sha256sum < /mnt/secrets/token"
            """
        let first = try Run(document(step))
        let second = try Run(document(step, canary: "another-value-entirely"))
        let running = try first.command.start()
        let other = try second.command.start()
        let outcomes = [running.finish(), other.finish()]
        #expect(outcomes.map(\.exitCode) == [0, 0], "\(outcomes)")
        let logs = try [first, second].map { Set(try $0.log("t", "use").split(separator: "\n")) }
        #expect(logs.map(\.count) == [1, 1])
        #expect(logs[0] != logs[1])
    }

    @Test func `secrets are read in every way that files are, and written in none`() throws {
        let run = try Run(
            document(
                """
                    - name: use
                      image: bash
                      volumeMounts: [{name: s, mountPath: /mnt/secrets}]
                      script: |
                        #!/bin/bash
                        cd /mnt/secrets
                        [ "$(cat token)" = "$(< token)" ] && [ "$(stat -c %s token)" = 24 ] || exit 1
                        ls -la . | grep -q 'r-xr-xr-x.* 24 .* token' || exit 2
                        [ "$(dd if=token bs=1 skip=13 count=4 2>/dev/null)" = "-7f3" ] || exit 3
                        ./run | grep -q ran-from-secret || exit 4
                        perl -e 'open F, "<", "token"; seek F, 14, 0; read F, $x, 4; exit($x ne "7f3a")' || exit 5
                        for i in 1 2 3 4 5 6 7 8; do cmp token <(cat token) & done; wait || exit 6
                        for change in "echo x > token" "echo x > new" "rm token" "mkdir d" "mv token t"; do
                          (eval "$change") 2>&1 | grep -q 'Read-only file system' || { echo "$change"; exit 7; }
                        done
                """
            )
        )
        let outcome = try run.finish()
        #expect(outcome.exitCode == 0, "\(outcome)")
    }

    @Test func `every read is on record with its step, process and program`() throws {
        let run = try Run(
            document(
                """
                    - name: use
                      image: bash
                      volumeMounts: [{name: s, mountPath: /mnt/secrets}]
                      script: "cat /mnt/secrets/token | wc -c; exec 3< /mnt/secrets/token; cat <&3 | wc -c"
                    - name: none
                      image: bash
                      script: "true"
                """
            )
        )
        #expect(try run.finish().exitCode == 0)
        let accesses = try run.events().filter { $0["event"]?.string == "secret.accessed" }
        let seen = accesses.map { access in
            [access["access"], access["step"], access["path"]].compactMap { $0?.string }
        }
        #expect(
            seen == [
                ["open", "use", "/mnt/secrets/token"], ["open", "use", "/mnt/secrets/token"],
                ["read", "use", "/mnt/secrets/token"],
            ]
        )
        #expect(accesses.first?["executable"]?.string?.hasSuffix("/cat") == true)
        #expect(accesses.allSatisfy { $0["hash"]?.string?.hasPrefix("hmac-sha256:") == true })
    }

    @Test func `a missing key ends the run before the step, in Tekton's words`() throws {
        let run = try Run(
            document(
                """
                    - name: use
                      image: bash
                      env: [{name: E, valueFrom: {secretKeyRef: {name: creds, key: nope}}}]
                      script: "echo ran"
                """
            ),
            "-o",
            "json"
        )
        let outcome = try run.finish()
        #expect(outcome.exitCode == 1)
        let condition = try JSONValue.parse(Array(outcome.output.utf8))["status"]?["conditions"]
        #expect(condition?.array?.first?["reason"]?.string == "CreateContainerConfigError")
        #expect(
            condition?.array?.first?["message"]?.string?.contains(
                "couldn't find key nope in Secret default/creds"
            ) == true
        )
        #expect(!FileStatus.isDirectory(run.directory.path("logs/t/use.log")))
    }
}

/// Waits without holding a thread of the test pool for long.
func sleep(milliseconds: CInt) throws {
    let pipe = try Pipe()
    _ = try pipe.reader.descriptor.waitUntilReadable(milliseconds: milliseconds)
}
