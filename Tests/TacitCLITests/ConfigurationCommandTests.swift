// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import TestSupport
import Testing

@testable import TacitCLI

@Suite struct ConfigurationCommandTests {
    private let home: TemporaryDirectory
    private let environment: [String: String]

    init() throws {
        home = try TemporaryDirectory()
        environment = [
            "HOME": home.path, "XDG_STATE_HOME": home.path("state"),
            "XDG_CONFIG_HOME": home.path("config"),
        ]
    }

    @Test func `the configuration is printed with its origins and reads back the same`()
        async throws
    {
        try home.write("output: json\nhostPaths: [/srv]\n", to: "config/tacit/config.yaml")
        let shown = await tacit("config", "show", environment: environment)
        #expect(shown.code == .success && shown.error == "")
        let file = home.path("config/tacit/config.yaml")
        #expect(
            shown.output.hasPrefix(
                "# \(file):1:1\noutput: json\n# default\nlogs:\n  timestamps: false\n"
            )
        )
        #expect(shown.output.contains("# \(file):2:1\nhostPaths:\n- /srv\n"))
        try home.write(shown.output, to: "again.yaml")
        var again = environment
        again["TACIT_CONFIG"] = home.path("again.yaml")
        let second = await tacit("config", "show", environment: again)
        let values = { (text: String) in text.split(separator: "\n").filter { !$0.hasPrefix("#") } }
        #expect(second.code == .success && values(second.output) == values(shown.output))
    }

    @Test func `everything wrong is shown at once, and ends with 2`() async throws {
        try home.write("outptu: json\nhostPaths: [a]\n", to: "config/tacit/config.yaml")
        let file = home.path("config/tacit/config.yaml")
        let shown = await tacit("config", "show", environment: environment)
        #expect(shown.code == .wrongUsage && shown.output == "")
        #expect(
            shown.error == """
                \(file):1:1: error: unknown key `outptu`; did you mean `output`?
                   1 | outptu: json
                     | ^
                \(file):2:13: error: `hostPaths[0]`: `a` must be an absolute path, or start with `~/`
                   2 | hostPaths: [a]
                     |             ^
                error: the configuration is invalid

                """
        )
    }

    @Test func `a file that others could have written is refused`() async throws {
        try home.write("output: json\n", to: "config/tacit/config.yaml")
        _ = try TestSupport.Command(["chmod", "666", home.path("config/tacit/config.yaml")]).run()
        let shown = await tacit("config", "show", environment: environment)
        #expect(shown.code == .wrongUsage)
        #expect(shown.error.contains("could have been written by others"))
    }

    @Test func `a file that TACIT_CONFIG names must be there`() async {
        var environment = environment
        environment["TACIT_CONFIG"] = home.path("none.yaml")
        let shown = await tacit("config", "show", environment: environment)
        #expect(shown.code == .wrongUsage)
        #expect(
            shown.error
                == "error: there is no `\(home.path("none.yaml"))`, which TACIT_CONFIG names\n"
        )
    }

    private func hostPaths() throws -> (paths: [String], hasErrors: Bool) {
        let state = try StateDirectory(environment: environment, userID: 1)
        let sources = ConfigurationSources(
            environment: environment,
            state: state,
            project: home.path("project/tacit.yaml"),
            system: home.path("none")
        )
        let loaded = try sources.load()
        return (loaded.configuration.hostPaths, loaded.diagnostics.hasErrors)
    }

    @Test func `trust holds for the content that the file had`() async throws {
        try home.write("hostPaths: [/p]\n", to: "project/tacit.yaml")
        #expect(try hostPaths() == ([], true))
        let trusted = await tacit("trust", home.path("project"), environment: environment)
        let file = home.path("project/tacit.yaml")
        #expect(trusted == (.success, "", "trusted `\(file)` as it stands; it sets hostPaths\n"))
        #expect(try hostPaths() == (["/p"], false))
        try home.write("hostPaths: [/p, /]\n", to: "project/tacit.yaml")
        #expect(try hostPaths() == ([], true))
    }

    @Test func `what is invalid or not there is not trusted`() async throws {
        let none = await tacit("trust", home.path, environment: environment)
        #expect(
            none == (.wrongUsage, "", "error: there is no `\(home.path("tacit.yaml"))` to trust\n")
        )
        try home.write("hostPaths: [p]\n", to: "project/tacit.yaml")
        let invalid = await tacit("trust", home.path("project"), environment: environment)
        #expect(
            invalid.code == .wrongUsage
                && invalid.error.contains("is invalid, so it is not trusted")
        )
        #expect(try hostPaths().hasErrors)
    }
}
