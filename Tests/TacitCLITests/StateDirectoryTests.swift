// SPDX-License-Identifier: Apache-2.0
import Platform
import TacitCLI
import Testing

@Suite struct StateDirectoryTests {
    @Test func `a user's directories follow the XDG specification`() throws {
        let plain = try StateDirectory(environment: ["HOME": "/home/u/"], userID: 1000)
        #expect(plain.state == "/home/u/.local/state/tacit")
        #expect(plain.cache == "/home/u/.cache/tacit")
        #expect(plain.configuration == "/home/u/.config/tacit")
        let set = try StateDirectory(
            environment: [
                "HOME": "/home/u", "XDG_STATE_HOME": "/s", "XDG_CACHE_HOME": "/c/",
                "XDG_CONFIG_HOME": "/f",
            ],
            userID: 1000
        )
        #expect(
            set.state == "/s/tacit" && set.cache == "/c/tacit" && set.configuration == "/f/tacit"
        )
        #expect(set.hidden.starts(with: ["/s/tacit", "/c/tacit", "/etc/tacit", "/f/tacit"]))
        let engines = [
            "/var/lib/tacit", "/var/cache/tacit", "/var/lib/docker", "/var/lib/containerd",
        ]
        let others = engines + ["/var/lib/containers", "/var/lib/kubelet", "/etc/kubernetes"]
        #expect(set.hidden.dropFirst(4) == others.filter { FileStatus.isDirectory($0) }[...])
    }

    @Test func `root's are the system's, unless told otherwise`() throws {
        let plain = try StateDirectory(environment: ["HOME": "/root"], userID: 0)
        #expect(plain.state == "/var/lib/tacit" && plain.cache == "/var/cache/tacit")
        #expect(plain.configuration == "/root/.config/tacit")
        let set = try StateDirectory(
            environment: ["XDG_STATE_HOME": "/s", "TACIT_CACHE_DIR": "/c", "XDG_CACHE_HOME": "/x"],
            userID: 0
        )
        #expect(set.state == "/s/tacit" && set.cache == "/c" && set.configuration == nil)
    }

    @Test func `a relative path counts as none`() throws {
        let directory = try StateDirectory(
            environment: ["HOME": "/h", "XDG_STATE_HOME": "s", "TACIT_STATE_DIR": ""],
            userID: 1
        )
        #expect(directory.state == "/h/.local/state/tacit")
    }

    @Test func `without a home the variable to set is named`() {
        let failure = #expect(throws: CommandFailure.self) {
            try StateDirectory(environment: ["HOME": "relative"], userID: 1)
        }
        #expect(
            failure
                == CommandFailure(
                    .hostLacking,
                    "neither HOME nor XDG_STATE_HOME is set",
                    hint: "set TACIT_STATE_DIR"
                )
        )
    }
}
