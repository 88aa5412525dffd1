// SPDX-License-Identifier: Apache-2.0
import JSON
import Platform
import TestSupport

/// One `tacit run` in directories of its own, and everything that it left behind.
struct Run {
    let directory: TemporaryDirectory
    var arguments: [String] = []
    /// A word in every step's environment, to find its processes by.
    let marker: String

    /// Writes the documents to a file; `arguments` come behind it on the command line.
    init(_ yaml: String, _ arguments: String...) throws {
        directory = try TemporaryDirectory()
        marker = "tacit-marker-" + (try RandomBytes.system.hexadecimal(byteCount: 8))
        try directory.write(
            yaml.replacing("MARKER", with: marker),
            to: "run.yaml",
            permissions: 0o600
        )
        self.arguments = [directory.path("run.yaml")] + arguments
    }

    /// The command, with state, cache and logs below the run's own directory.
    var command: Command {
        Command(
            [Checkout.tacit, "run"] + arguments + ["--log-dir", directory.path("logs")],
            environment: environment
        )
    }

    /// Runs the command to its end, with the directories kept until then.
    func finish(limit: Duration = .seconds(60)) throws -> CommandOutcome {
        defer { withExtendedLifetime(directory) {} }
        return try command.run(limit: limit)
    }

    var environment: [String: String] {
        [
            "PATH": "/usr/local/bin:/usr/bin:/bin", "TACIT_STATE_DIR": directory.path("state"),
            "TACIT_CACHE_DIR": directory.path("cache"), "HOME": directory.path("home"),
        ]
    }

    /// The lines of the only run's event file.
    func events() throws -> [JSONValue] {
        let runs = directory.path("state/runs")
        let name = try Directory.names(in: runs).first ?? "none"
        let text = try directory.read("state/runs/\(name)/events.jsonl")
        return try text.split(separator: "\n").map { try JSONValue.parse(Array($0.utf8)) }
    }

    /// A step's log.
    func log(_ taskRun: String, _ step: String) throws -> String {
        try directory.read("logs/\(taskRun)/\(step).log")
    }

    /// The artefacts in which `canary` stands, raw or encoded: what was printed, every file but the
    /// document that it came from (records, logs, state, cache, home, cores), and what processes show of themselves.
    func leaks(of canary: String, in outcome: CommandOutcome) throws -> [String] {
        let forms = Canary.forms(of: canary)
        var found: [String] = []
        for (name, text) in [("stdout", outcome.output), ("stderr", outcome.error)]
        where forms.contains(where: { text.contains($0) }) {
            found.append(name)
        }
        let pattern = forms.flatMap { ["-e", $0] }
        let search = try Command(
            ["grep", "-rlaF", "--exclude=run.yaml"] + pattern + [directory.path]
        ).run()
        return found + search.output.split(separator: "\n").map(String.init)
            + (try ProcessTraces.holding([canary]))
    }

    /// The processes of the run's steps that are still there, by pid.
    func processes() -> [String] {
        let pids = (try? Directory.names(in: "/proc")) ?? []
        return pids.filter { pid in
            guard Int(pid) != nil,
                let bytes = try? FileDescriptor.open("/proc/\(pid)/environ").readToEnd()
            else { return false }
            return String(decoding: bytes, as: UTF8.self).contains(marker)
        }
    }
}

/// The forms in which a planted value could get out.
enum Canary {
    /// Raw, base64 at its three alignments without the uncertain ends, and hexadecimal.
    static func forms(of value: String) -> [String] {
        let bytes = Array(value.utf8)
        let digits = Array("0123456789abcdef")
        let hexadecimal = bytes.map { "\(digits[Int($0 >> 4)])\(digits[Int($0 & 15)])" }.joined()
        let shifted = (0..<3).map { shift in
            let text = base64([UInt8](repeating: 0x20, count: shift) + bytes)
            return String(text.dropFirst(shift == 0 ? 0 : 4).prefix { $0 != "=" }.dropLast(1))
        }
        return [value, hexadecimal] + shifted
    }

    private static func base64(_ bytes: [UInt8]) -> String {
        let alphabet = Array(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        )
        var text = ""
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let padded = Array(group) + [UInt8](repeating: 0, count: 3 - group.count)
            let word = padded.reduce(0) { $0 << 8 | Int($1) }
            for place in 0..<4 {
                let isPadding = place > group.count
                text.append(isPadding ? "=" : alphabet[word >> (18 - 6 * place) & 63])
            }
        }
        return text
    }
}
