// SPDX-License-Identifier: Apache-2.0
import Platform
import TestSupport
import Testing

/// What is in the memory that every step's init is a copy of.
struct LauncherMemoryTests {
    @Test func `the launcher keeps of the libraries only the C library and the loader`() throws {
        let marker = "61.\(Int.random(in: 100_000...999_999))"
        let run = try Run(
            """
            apiVersion: tekton.dev/v1
            kind: TaskRun
            metadata: {name: t}
            spec:
              taskSpec:
                steps:
                - {name: s, image: bash, command: [sh, -c, "echo ready; exec sleep \(marker)"]}
            """
        )
        let running = try run.command.start()
        for _ in 0..<500 where !running.output.contains("ready") { try sleep(milliseconds: 20) }
        let sleeping = try Self.process(running: "sleep\0\(marker)\0")
        var process = try #require(sleeping)
        for _ in 0..<8 where try Self.read("/proc/\(process)/comm") != "tacit-launcher\n" {
            let status = try Self.read("/proc/\(process)/status").split(separator: "\n")
            let parent = status.first { $0.hasPrefix("PPid:") }?.dropFirst(6)
            let number = parent.flatMap { Int32($0) }
            process = try #require(number)
        }
        let maps = try Self.read("/proc/\(process)/maps")
        running.send(.terminate)
        _ = running.finish(limit: .seconds(20))
        let files = Set(
            maps.split(separator: "\n").compactMap { line in
                line.firstIndex(of: "/").map { String(line[$0...]) }
            }
        )
        let libraries = files.filter { $0.contains(".so") }.map {
            String($0.split(separator: "/").last ?? "")
        }
        #expect(libraries.sorted() == ["ld-linux-x86-64.so.2", "libc.so.6"])
        #expect(files.count == 3, "\(files)")
    }

    @Test func `a preloaded library, to which the launcher's calls lead, stays`() throws {
        let place = try TemporaryDirectory()
        let source = """
            #define _GNU_SOURCE
            #include <dlfcn.h>
            #include <sys/stat.h>
            int mkdir(const char *path, mode_t mode) {
                return ((int (*)(const char *, mode_t))dlsym(RTLD_NEXT, "mkdir"))(path, mode);
            }
            """
        let file = try place.write(source, to: "wrap.c")
        let library = place.path("wrap.so")
        let built = try Command(["gcc", "-shared", "-fPIC", "-o", library, file]).run()
        try #require(built.exitCode == 0, "\(built)")
        let run = try Run(
            """
            apiVersion: tekton.dev/v1
            kind: TaskRun
            metadata: {name: t}
            spec: {taskSpec: {steps: [{name: s, image: bash, script: echo ran}]}}
            """
        )
        let command = Command(
            ["env", "LD_PRELOAD=\(library)"] + run.command.arguments,
            environment: run.environment
        )
        let outcome = try command.run()
        #expect(outcome.exitCode == 0 && outcome.output == "[s] ran\n", "\(outcome)")
    }

    private static func process(running command: String) throws -> Int32? {
        try Directory.names(in: "/proc").compactMap(Int32.init).first {
            (try? read("/proc/\($0)/cmdline")) == command
        }
    }

    private static func read(_ path: String) throws -> String {
        String(decoding: try FileDescriptor.open(path).readToEnd(), as: UTF8.self)
    }
}
