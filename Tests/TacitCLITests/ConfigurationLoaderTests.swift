// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import JSON
import Secrets
import Testing

@testable import TacitCLI

@Suite struct ConfigurationLoaderTests {
    private func load(
        user: String = "",
        system: String = "",
        project: String? = nil,
        isTrusted: Bool = false,
        environment: [String: String] = [:]
    ) -> (configuration: Configuration, problems: [String]) {
        var loader = ConfigurationLoader()
        loader.files = [
            ConfigurationFile(path: "user.yaml", bytes: Array(user.utf8)),
            ConfigurationFile(path: "system.yaml", bytes: Array(system.utf8)),
        ]
        loader.project = project.map {
            ConfigurationFile(path: "tacit.yaml", bytes: Array($0.utf8))
        }
        loader.projectIsTrusted = isTrusted
        loader.environment = environment
        loader.home = "/home/u"
        let (configuration, diagnostics) = loader.load()
        let problems = diagnostics.ordered.map { diagnostic in
            let place = diagnostic.location.map { "\($0): " } ?? "\(diagnostic.path): "
            return place + diagnostic.message + (diagnostic.hint.map { "; \($0)" } ?? "")
        }
        return (configuration, problems)
    }

    private static let vault = "https://vault.vault.svc.cluster.local:8200"
    private static let full = """
        output: json
        logs: {timestamps: true}
        sizes: {stepRoot: 2Gi, task: 512Mi, secrets: 1048576}
        images:
          kaniko-project/executor: {layer: kaniko, entrypoint: [/kaniko/executor]}
          alpine: busybox
          mine: /opt/images/mine
          debian: host
        endpoints:
          \(vault): {url: https://127.0.0.1:8200, serverName: localhost, caFile: ~/ca.pem}
        identities:
          cicd/build-sa:
            vault: {endpoints: ["\(vault)"], method: approle, roleIdFile: /r, secretIdFile: ~/s}
            aws: {profile: ci}
            azure: {method: workloadIdentity, tokenFile: /t}
            gcp: {credentialsFile: /c}
          "*":
            aws: imds
            gcp: {metadata: {}}
            vault: {endpoints: ["https://[::1]:8200"], jwt: {role: r, tokenFile: /j}}
        sources:
          one: {file: ~/one}
          many: {directory: /srv/secrets}
          env: {envFile: /etc/tacit/.env}
          unit: {credential: secret-id}
          kept: {keyring: "tacit:role-id"}
          asked: {command: [pass, show, npm]}
        serviceAccounts: [cicd/build-sa]
        hostPaths: [/srv/cache]
        toolPaths: [/opt/go/bin, ~/bin]

        """

    @Test func `every key is read`() {
        let (configuration, problems) = load(user: Self.full)
        #expect(problems == [])
        #expect(configuration.output == .json && configuration.hasTimestamps)
        #expect(
            configuration.stepRootByteLimit == 2 << 30 && configuration.taskByteLimit == 512 << 20
        )
        #expect(configuration.secretByteLimit == 1 << 20)
        #expect(
            configuration.images == [
                ImageRule(
                    pattern: "kaniko-project/executor",
                    standIn: .namedLayer("kaniko"),
                    entrypoint: ["/kaniko/executor"]
                ),
                ImageRule(pattern: "alpine", standIn: .namedLayer("busybox"), entrypoint: []),
                ImageRule(pattern: "mine", standIn: .layer("/opt/images/mine"), entrypoint: []),
                ImageRule(pattern: "debian", standIn: .host, entrypoint: []),
            ]
        )
        var endpoint = EndpointRule(address: Self.vault, url: "https://127.0.0.1:8200")
        endpoint.serverName = "localhost"
        endpoint.authorityFile = "/home/u/ca.pem"
        #expect(configuration.endpoints == [endpoint])
        #expect(configuration.serviceAccounts == ["cicd/build-sa"])
        #expect(configuration.hostPaths == ["/srv/cache"])
        #expect(configuration.toolPaths == ["/opt/go/bin", "/home/u/bin"])
    }

    @Test func `sources are read in each of their forms`() {
        let places = load(user: Self.full).configuration.sources.map(\.place)
        #expect(
            places == [
                .file("/home/u/one"), .directory("/srv/secrets"),
                .environmentFile("/etc/tacit/.env"), .credential("secret-id"),
                .keyring("tacit:role-id"), .command(["pass", "show", "npm"]),
            ]
        )
    }

    @Test func `identities are read in each of their forms`() {
        let configuration = load(user: Self.full).configuration
        let own =
            configuration.identity(namespace: "cicd", serviceAccount: "build-sa")?.stores ?? []
        #expect(own.map(\.method) == ["approle", "profile", "workloadIdentity", "credentials"])
        #expect(own.first?.endpoints == [Self.vault])
        #expect(own.first?.options == ["roleIdFile": "/r", "secretIdFile": "/home/u/s"])
        let others = configuration.identity(namespace: "x", serviceAccount: "y")?.stores ?? []
        #expect(others.map(\.method) == ["imds", "metadata", "jwt"])
        #expect(others.last?.options == ["role": "r", "tokenFile": "/j"])
        #expect(load().configuration.identity(namespace: "x", serviceAccount: "y") == nil)
    }

    @Test func `feature flags and resolvers are read, and what is wrong with them is told`() {
        let good = load(
            user: """
                featureFlags: {enable-api-fields: alpha, enable-cel-in-whenexpression: false}
                resolvers: {artifactHub: https://hub.example, credentials: [https://git.example:8443]}
                """
        )
        #expect(good.problems == [])
        #expect(good.configuration.featureFlags["enable-cel-in-whenexpression"] == "false")
        #expect(good.configuration.artifactHub == "https://hub.example")
        #expect(good.configuration.resolverCredentials == ["https://git.example:8443"])
        let bad = load(
            user: """
                featureFlags: {enable-api-fields: gamma, enable-cel: true}
                resolvers: {credentials: [git.example], artifactHub: hub}
                """
        )
        #expect(bad.problems.count == 4)
    }

    @Test func `sources count in order, key by key, and the origin is kept`() {
        let (configuration, problems) = load(
            user: "output: yaml\nhostPaths: [/u]\n",
            system: "output: events\nhostPaths: [/s]\ntoolPaths: [/t]\n",
            project: "output: json\nlogs: {timestamps: false}\n",
            environment: ["TACIT_TIMESTAMPS": "true"]
        )
        #expect(problems == [])
        #expect(configuration.output == .json && configuration.hasTimestamps)
        #expect(configuration.hostPaths == ["/u"] && configuration.toolPaths == ["/t"])
        let origins = configuration.entries.map { "\($0.key.rawValue) \($0.origin)" }
        #expect(
            origins == [
                "output tacit.yaml:1:1", "logs environment variable TACIT_TIMESTAMPS",
                "parallelTasks default", "images default", "featureFlags default",
                "sizes default", "audit default", "endpoints default", "identities default",
                "sources default", "resolvers default",
                "serviceAccounts default",
                "hostPaths user.yaml:2:1", "toolPaths system.yaml:3:1",
            ]
        )
        #expect(load(environment: ["TACIT_OUTPUT": "yaml"]).configuration.output == .yaml)
    }

    @Test(arguments: [
        "sizes", "audit", "endpoints", "identities", "sources", "serviceAccounts", "hostPaths",
        "toolPaths",
    ])
    func `a project may not set what decides about the host`(key: String) {
        let (configuration, problems) = load(project: "\(key): {}\n")
        #expect(
            problems == [
                "tacit.yaml:1:1: a project may not set `\(key)`: it decides what the host gives away;"
                    + " read the file, then run `tacit trust` on its directory"
            ]
        )
        #expect(
            configuration.hostPaths == []
                && configuration.entries.allSatisfy { $0.origin == .builtIn }
        )
    }

    @Test func `a project may name layers, but no paths`() {
        #expect(load(project: "images: {a: busybox, b: host}\n").problems == [])
        let problems = load(project: "images: {a: /etc, b: {layer: ../x}}\n").problems
        #expect(
            problems.count == 2
                && problems.allSatisfy { $0.contains("may name a layer, not a path") }
        )
        #expect(load(user: "images: {a: ../x}\n").problems.count == 1)
        #expect(
            load(user: "images: {a: ..}\n").problems == [
                "user.yaml:1:13: `images.a`: `..` is no layer's name"
            ]
        )
    }

    @Test func `a trusted project counts before the user's own file`() {
        let (configuration, problems) = load(
            user: "hostPaths: [/u]\n",
            project: "hostPaths: [/p]\nimages: {a: /l}\n",
            isTrusted: true
        )
        #expect(problems == [])
        #expect(
            configuration.hostPaths == ["/p"]
                && configuration.images.map(\.standIn) == [.layer("/l")]
        )
    }

    @Test(arguments: [
        ("outptu: json", "1:1: unknown key `outptu`; did you mean `output`?"),
        (
            "output: jsno",
            "1:9: `output`: must be `text`, `json`, `yaml`, `events`; did you mean `json`?"
        ),
        ("output: [a]", "1:9: `output`: must be text"),
        ("output: 1", "1:9: `output`: must be text"),
        ("logs: true", "1:7: `logs`: must be a mapping"),
        ("logs: {time: true}", "1:8: unknown key `time` of `logs`"),
        ("logs: {timestamps: 1}", "1:20: `logs.timestamps`: must be true or false"),
        ("sizes: {task: 1Xi}", "1:15: `sizes.task`: must be a size such as `512Mi` or `2Gi`"),
        ("sizes: {task: -1}", "1:15: `sizes.task`: must be a size such as `512Mi` or `2Gi`"),
        (
            "sizes: {task: 9999999999999Gi}",
            "1:15: `sizes.task`: must be a size such as `512Mi` or `2Gi`"
        ),
        ("hostPaths: /a", "1:12: `hostPaths`: must be a list"),
        (
            "hostPaths: [a]",
            "1:13: `hostPaths[0]`: `a` must be an absolute path, or start with `~/`"
        ),
        (
            "hostPaths: [/a/../b]",
            "1:13: `hostPaths[0]`: `/a/../b` must be an absolute path, or start with `~/`"
        ),
        (
            "hostPaths: [~/../b]",
            "1:13: `hostPaths[0]`: `~/../b` must be an absolute path, or start with `~/`"
        ),
        ("serviceAccounts: [sa]", "1:18: `serviceAccounts`: `sa` must be `namespace/name`"),
        ("serviceAccounts: ['*']", "1:18: `serviceAccounts`: `*` must be `namespace/name`"),
        (
            "endpoints: {vault: {}}",
            "1:20: `endpoints.vault`: the key must be `https://HOST[:PORT]`"
        ),
        (
            "endpoints: {'https://u:p@h': {}}",
            "1:30: `endpoints.https://u:p@h`: the key must be `https://HOST[:PORT]`"
        ),
        (
            "endpoints: {'https://h': {url: h}}",
            "1:32: `endpoints.https://h.url`: must be `https://HOST[:PORT]`"
        ),
        ("identities: {sa: {}}", "1:18: `identities.sa`: the key must be `namespace/name` or `*`"),
        (
            "identities: {'*': {valut: {}}}",
            "1:20: unknown key `valut` of `identities.*`; did you mean `vault`?"
        ),
        (
            "identities: {'*': {aws: {}}}",
            "1:25: `identities.*.aws`: needs a `method`: profile, env, webIdentity, container, imds"
        ),
        (
            "identities: {'*': {aws: imsd}}",
            "1:25: `identities.*.aws`: needs a `method`: profile, env, webIdentity, container, imds; did you mean `imds`?"
        ),
        (
            "identities: {'*': {aws: {profile: a, roleArn: b}}}",
            "1:25: `identities.*.aws`: method `profile` takes no `roleArn`"
        ),
        (
            "identities: {'*': {aws: {method: webIdentity, roleArn: b}}}",
            "1:25: `identities.*.aws`: method `webIdentity` needs `tokenFile`"
        ),
        (
            "identities: {'*': {vault: {method: token, tokenFile: /t}}}",
            "1:27: `identities.*.vault`: needs `endpoints`, the only addresses that the identity goes to"
        ),
        (
            "identities: {'*': {vault: {endpoints: ['https://h'], method: approle, roleIdFile: /r, secretIdFile: /s, wrappedSecretIdSource: w}}}",
            "1:27: `identities.*.vault`: `secretIdFile` and `wrappedSecretIdSource` exclude each other"
        ),
        (
            "sources: {'a/b': {file: /x}}",
            "1:18: `sources.a/b`: a name has letters, digits, `_` and `-`"
        ),
        (
            "sources: {a: {file: /x, keyring: k}}",
            "1:14: `sources.a`: needs one of file, directory, envFile, credential, keyring, command"
        ),
        (
            "sources: {a: {command: [bin/pass]}}",
            "1:24: `sources.a.command`: `bin/pass` must be an absolute path, or a name"
        ),
        (
            "identities: {'*': {vault: {token: hvs.x}}}",
            "1:35: `identities.*.vault.token`: must be a mapping"
        ),
        ("- a", "1:1: a configuration is a mapping"),
        ("output: json\n---\noutput: text", "3:1: a configuration is one document"),
        ("output: json\noutput: text", "2:1: duplicate key `output`, first at line 1, column 1"),
    ])
    func `what is wrong is said at its place`(text: String, problem: String) {
        #expect(load(user: text).problems.contains("user.yaml:" + problem))
    }

    @Test func `a wrong variable is named`() {
        let problems = load(environment: ["TACIT_OUTPUT": "x", "TACIT_TIMESTAMPS": "yes"]).problems
        #expect(
            problems == [
                "TACIT_OUTPUT: must be `text`, `json`, `yaml`, `events`",
                "TACIT_TIMESTAMPS: must be true or false",
            ]
        )
    }
}
