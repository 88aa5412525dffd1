// SPDX-License-Identifier: Apache-2.0
import Cryptography
import Platform

/// Runs a configured command and takes what it prints as a value.
///
/// Blocks until the command has ended.
struct CommandReader {
    /// The program, by path or by a name that PATH finds, and its arguments.
    let arguments: [String]
    let environment: [String: String]
    var timeLimit: Duration = .seconds(30)

    /// What it prints, without one newline at the end.
    func read(limit: Int) throws -> LockedBytes {
        var output: Pipe? = try Pipe()
        var errors: Pipe? = try Pipe()
        guard let printed = output?.reader, let said = errors?.reader,
            let printing = output?.writer, let saying = errors?.writer
        else { preconditionFailure("both pipes were just made") }
        let child: ChildProcess
        do {
            child = try ChildProcess(
                arguments,
                environment: environment.map { "\($0.key)=\($0.value)" },
                output: printing.descriptor.number,
                error: saying.descriptor.number,
                leadsGroup: true
            )
        } catch {
            throw SourceReader.Failure(message: "the command does not start: \(error)")
        }
        // The command alone holds the ends that are written to, so that its end is seen.
        _ = consume printing
        _ = consume saying
        output = nil
        errors = nil
        return try finish(child, printed, said, limit: limit)
    }

    private func finish(
        _ child: consuming ChildProcess,
        _ printed: SharedDescriptor,
        _ said: SharedDescriptor,
        limit: Int
    ) throws -> LockedBytes {
        let deadline = ContinuousClock.now + timeLimit
        var value = try LockedWriter(capacity: 4096)
        let isWhole = try gather(printed, said, into: &value, until: deadline, limit: limit)
        // Released, it is killed with all that it has started.
        if !isWhole { throw late }
        let end = child.wait(limit: max(.zero, ContinuousClock.now.duration(to: deadline)))
        if end.killedAtLimit {
            throw late
        }
        if end.exitCode != 0 {
            throw SourceReader.Failure(
                message: "the command ended with code \(end.exitCode)",
                remedy:
                    "run it by hand to see what it says: `\(arguments[0])` and its arguments; what a "
                    + "command says beside a secret is not shown here"
            )
        }
        if value.count == 0 {
            throw SourceReader.Failure(message: "the command printed nothing")
        }
        return try StoreValue(value.finish()).droppingTrailingNewline().copy()
    }

    private var late: SourceReader.Failure {
        SourceReader.Failure(message: "the command ran longer than \(timeLimit)")
    }

    /// Reads both streams to their ends, or to the deadline; whether it came to the ends.
    ///
    /// What is said on standard error is dropped: a command that goes wrong may say the secret, too.
    private func gather(
        _ printed: SharedDescriptor,
        _ said: SharedDescriptor,
        into value: inout LockedWriter,
        until deadline: ContinuousClock.Instant,
        limit: Int
    ) throws -> Bool {
        var (isPrinting, isSaying) = (true, true)
        while isPrinting || isSaying {
            let left = ContinuousClock.now.duration(to: deadline)
            if left <= .zero { return false }
            let pause = CInt(clamping: Int64(left / .milliseconds(1)) + 1)
            let (first, second) =
                isPrinting && isSaying
                ? try printed.descriptor.waitUntilReadable(or: said.descriptor, milliseconds: pause)
                : isPrinting
                    ? (try printed.descriptor.waitUntilReadable(milliseconds: pause), false)
                    : (false, try said.descriptor.waitUntilReadable(milliseconds: pause))
            if first {
                try value.reserve(1)
                let count = try value.fill { output throws(SystemError) in
                    try printed.descriptor.read(appendingTo: &output)
                }
                isPrinting = count > 0
                if value.count > limit { throw LockedFile.Failure.tooLarge(limit: limit) }
            }
            if second {
                var buffer = [UInt8](repeating: 0, count: 4096)
                let count = try said.descriptor.read(into: &buffer)
                isSaying = count > 0
            }
        }
        return true
    }

    /// Whether there is such a program, by path or in PATH.
    static func hasProgram(_ name: String, _ environment: [String: String]) -> Bool {
        let isProgram = { (path: String) in
            guard let status = try? FileStatus(of: path) else { return false }
            return status.kind == .regular && status.permissions & 0o111 != 0
        }
        if name.contains("/") { return isProgram(name) }
        let path = environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
        return path.split(separator: ":").contains { isProgram("\($0)/\(name)") }
    }
}
