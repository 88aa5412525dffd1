// SPDX-License-Identifier: Apache-2.0
import Platform

/// Where the benchmarks keep their files, and how they start programs there.
struct Workplace {
    /// The `tacit` that is measured.
    let tacit: String
    /// Absolute.
    let directory: String
    /// What every program gets: a state directory below `directory`, so that no run of the user's is
    /// touched.
    private let environment: [String]

    /// Makes the directory, and an embedded store with the values that the workloads name.
    init(tacit: String, directory: String) throws {
        self.tacit = tacit
        try Directory.create(directory, permissions: 0o755)
        self.directory = try Self.absolute(directory)
        var variables = EnvironmentVariables.current
        for name in ["STATE", "CACHE", "CONFIG"] {
            variables["XDG_\(name)_HOME"] = "\(self.directory)/\(name.lowercased())"
        }
        environment = variables.map { "\($0.key)=\($0.value)" }
        let values = (0..<Workload.secretCount).map { "value\($0)=\(Workload.secret($0))" }
        try run([tacit, "secret", "set", Workload.storeName] + values)
    }

    /// Writes a file; returns its path.
    func write(_ text: String, to name: String) throws -> String {
        let path = "\(directory)/\(name)"
        let file = try FileDescriptor.open(
            path,
            [.writeOnly, .create, .truncate],
            permissions: 0o644
        )
        try file.write(text)
        return path
    }

    /// Runs a program to its end, its standard output to `output` or /dev/null.
    ///
    /// - Returns: the seconds that it took, and what it used.
    /// - Throws: when it exits with none of `codes`.
    @discardableResult
    func run(
        _ arguments: [String],
        output: String = "/dev/null",
        accepting codes: [Int32] = [0]
    ) throws -> (seconds: Double, end: ProcessEnd) {
        let stdout = try FileDescriptor.open(output, [.writeOnly, .create, .truncate])
        let stderr = try FileDescriptor.open(
            "\(directory)/stderr",
            [.writeOnly, .create, .truncate]
        )
        let start = ContinuousClock.now
        let child = try ChildProcess(
            arguments,
            environment: environment,
            output: stdout.number,
            error: stderr.number
        )
        let end = child.wait()
        let seconds = start.duration(to: .now) / .seconds(1)
        guard codes.contains(where: { end.reason == .exited($0) }) else {
            let said = try read("stderr").suffix(2000)
            throw BenchmarkError("\(arguments.joined(separator: " ")): \(end.reason)\n\(said)")
        }
        return (seconds, end)
    }

    /// Starts a program that goes on in the background; it ends when the child is released.
    func start(
        _ arguments: [String],
        input: CInt? = nil,
        output: CInt? = nil
    ) throws -> ChildProcess {
        try ChildProcess(arguments, environment: environment, input: input, output: output)
    }

    /// This program, for what it runs as a process of its own.
    var worker: [String] {
        get throws { [try Path.resolved("/proc/self/exe"), "--worker"] }
    }

    /// Mounts a tmpfs as long as `body` runs, and tells where.
    func withMemory<Outcome>(_ body: (String) throws -> Outcome) throws -> Outcome {
        let memory = "\(directory)/tmpfs"
        try Directory.create(memory, permissions: 0o755)
        try run(["mount", "-t", "tmpfs", "-o", "size=3g", "tmpfs", memory])
        defer { _ = try? run(["umount", "-l", memory]) }
        return try body(memory)
    }

    /// The text of a file below the directory.
    func read(_ name: String) throws -> String {
        let file = try FileDescriptor.open("\(directory)/\(name)")
        return String(decoding: try file.readToEnd(), as: UTF8.self)
    }

    private static func absolute(_ path: String) throws -> String {
        if path.hasPrefix("/") { return path }
        return "\(try CurrentProcess.currentDirectory())/\(path)"
    }
}

extension Workplace {
    /// The command that runs a Task's file with the embedded store.
    func running(_ file: String) -> [String] {
        [tacit, "run", file, "--store", "local"]
    }

    /// Waits until another process has made a file; at most some seconds.
    func waitForFile(_ path: String) throws {
        for _ in 0..<500 {
            if (try? FileDescriptor.open(path)) != nil { return }
            SystemThread.sleep(nanoseconds: 10_000_000)
        }
        throw BenchmarkError("`\(path)` does not appear")
    }
}
