// SPDX-License-Identifier: Apache-2.0
import Platform

/// The sandbox's git server with one large repository.
struct GitBenchmarkServer {
    private let workplace: Workplace
    private let directory: String
    private let address: String

    /// Where the measured clones keep their mirrors.
    var cache: String { "\(workplace.directory)/cache/tacit/git" }

    /// Starts it; the repository is made once.
    init(_ workplace: Workplace) throws {
        self.workplace = workplace
        directory = "\(workplace.directory)/git-server"
        try Directory.create(directory, permissions: 0o700)
        try workplace.run(["sandbox/cluster/up", directory, "19443"])
        try workplace.run(["sandbox/cluster/seed", directory])
        let generate = """
            set -e; cd '\(directory)/git'; [ ! -d large.git ] || exit 0
            rm -rf large.part; git init -q --bare -b main large.part
            awk 'BEGIN { for (i = 1; i <= 20000; i++) {
                printf "commit refs/heads/main\\ncommitter A <a@x> %d +0000\\ndata 6\\nchange\\n", 1600000000 + i
                for (j = 0; j < 4; j++) { f = (i * 7 + j * 1013) % 4000; s = ""
                    for (k = 0; k < 12; k++) s = s sprintf("%d of %d: %d\\n", i, f, (i * 7919 + k * f) % 100003)
                    printf "M 100644 inline d%d/e%d/f%d.txt\\ndata %d\\n%s\\n", f % 20, f % 7, f, length(s), s } }
            }' | git -C large.part fast-import --quiet
            git -C large.part repack -adq; mv large.part large.git
            """
        try workplace.run(["/bin/sh", "-c", generate])
        let text = try workplace.read("git-server/credentials.json")
        guard let start = text.firstRange(of: "\"token\": \"")?.upperBound,
            let end = text[start...].firstIndex(of: "\"")
        else { throw BenchmarkError("no token in \(directory)/credentials.json") }
        let port = try workplace.read("git-server/port").dropLast()
        address = "https://oauth2:\(text[start..<end])@localhost:\(port)/large.git"
    }

    func stop() { _ = try? workplace.run(["sandbox/cluster/down", directory]) }

    /// The command that clones into a directory of the workplace.
    func tacit(_ name: String) -> [String] {
        environment + [workplace.tacit, "clone", address, "\(workplace.directory)/\(name)"]
    }

    /// The same with git.
    func git(_ name: String, _ options: [String] = []) -> [String] {
        environment + ["git", "clone", "-q", "--single-branch"] + options
            + [address, "\(workplace.directory)/\(name)"]
    }

    /// A command for a shell.
    func shell(_ words: [String]) -> String {
        words.map { "'\($0)'" }.joined(separator: " ")
    }

    private var environment: [String] { ["env", "GIT_SSL_CAINFO=\(directory)/tls/ca.crt"] }
}
