// SPDX-License-Identifier: Apache-2.0
import Platform
import TestSupport
import Testing

/// The corpus of leaks through the program: each case's chunks are written one by one into its standard input.
@Suite(.enabled(if: !LeakCorpus.cases.isEmpty, SharedCorpus.need))
struct RedactionCorpusTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func secrets(of leak: LeakCorpus.Case) throws -> String {
        let members = leak.secrets.enumerated().map { place, secret in
            "\"s\(place)\": {\"base64\": \"\(LeakCorpus.encoded(secret))\"}"
        }
        return try directory.write("{\(members.joined(separator: ", "))}", to: "secrets.json")
    }

    /// Writes a case's chunks, and tells what is wrong with what comes out, and when.
    private func faults(of leak: LeakCorpus.Case) throws -> [String] {
        let null = try FileDescriptor.open("/dev/null", .writeOnly)
        var filter = try start(leak, null)
        let output = filter.output
        var received: [UInt8] = []
        // Reads until `isEnough`, for at most some seconds.
        func receive(until isEnough: () -> Bool) throws {
            let end = ContinuousClock.now + .seconds(20)
            while !isEnough(), .now < end {
                if try !output.descriptor.waitUntilReadable(milliseconds: 100) { continue }
                var buffer = [UInt8](repeating: 0, count: 4096)
                let count = try output.descriptor.read(into: &buffer)
                if count == 0 { break }
                received += buffer[..<count]
            }
        }
        // The first line says that it reads, so that the chunks are not read as one.
        let ready = Array("~\n".utf8)
        try filter.write(ready)
        try receive { received.count >= ready.count }
        var faults: [String] = []
        for (place, chunk) in leak.chunks.enumerated() {
            try filter.write(chunk)
            SystemThread.sleep(nanoseconds: 2_000_000)
            for flush in leak.flushes where flush.chunk == place {
                try receive { received.contains(flush.text) }
                if !received.contains(flush.text) { faults.append("not shown in time: \(place)") }
            }
        }
        filter.closeInput()
        try receive { false }
        let end = filter.end()
        if end != .exited(0) { faults.append("ended by \(end)") }
        #expect(received.starts(with: ready))
        return faults + leak.faults(in: Array(received.dropFirst(ready.count)))
    }

    private func start(
        _ leak: LeakCorpus.Case,
        _ errors: borrowing FileDescriptor
    ) throws -> RedactionProcess {
        let (input, output) = (try Pipe(), try Pipe())
        let child = try ChildProcess(
            [Checkout.tacit, "redact", "--secrets", try secrets(of: leak)],
            input: input.reader.descriptor.number,
            output: output.writer.descriptor.number,
            error: errors.number,
            leadsGroup: true
        )
        return RedactionProcess(child: child, input: input.writer, output: output.reader)
    }

    @Test(arguments: LeakCorpus.cases("must", "guard", "policy"))
    func `chunks written one by one come out as they must`(_ leak: LeakCorpus.Case) throws {
        #expect(try faults(of: leak).isEmpty, "\(leak.kind): \(leak.note)")
    }

    @Test func `an audit finds at least three quarters of what need not be masked`() throws {
        let forms = LeakCorpus.cases("stretch")
        var missed: [String] = []
        for leak in forms {
            let secrets = try secrets(of: leak)
            let log = directory.path("log")
            let file = try FileDescriptor.open(log, [.writeOnly, .create, .truncate])
            try file.write(Array(leak.chunks.joined()))
            let outcome = try Command([Checkout.tacit, "audit", "leaks", log, "--secrets", secrets])
                .run()
            if outcome.exitCode == 0 {
                missed.append(leak.id)
            } else {
                #expect(outcome.exitCode == 1)
            }
        }
        #expect(missed.count * 4 <= forms.count, "\(missed.joined(separator: " "))")
    }
}

/// `tacit redact` at work; holds the only outer ends of its pipes.
private struct RedactionProcess: ~Copyable {
    let child: ChildProcess
    var input: SharedDescriptor?
    let output: SharedDescriptor

    init(child: consuming ChildProcess, input: SharedDescriptor, output: SharedDescriptor) {
        self.child = child
        self.input = input
        self.output = output
    }

    borrowing func write(_ bytes: [UInt8]) throws { try input?.descriptor.write(bytes) }

    mutating func closeInput() { input = nil }

    consuming func end() -> ProcessEnd.Reason { child.wait(limit: .seconds(30)).reason }
}
