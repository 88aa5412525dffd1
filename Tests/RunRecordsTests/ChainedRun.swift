// SPDX-License-Identifier: Apache-2.0
import Cryptography
import Platform
@testable import RunRecords
import Tekton
import TestSupport

/// A run's record with some events, written as a runner writes it, and what can be done to it.
struct ChainedRun {
    let state: TemporaryDirectory
    let run: RunIdentifier
    let key: TrailKey

    static func key(_ byte: UInt8 = 7) throws -> TrailKey {
        TrailKey(try LockedBytes(copying: [UInt8](repeating: byte, count: 32).span))
    }

    static func directory(
        _ run: RunIdentifier,
        in state: String,
        byteLimit: Int = 1 << 20
    ) throws -> RunDirectory {
        try RunDirectory(creating: run, in: state, key: key(), byteLimit: byteLimit)
    }

    /// Writes `count` accesses, numbered from 1.
    init(_ count: Int = 6) throws {
        state = try TemporaryDirectory()
        run = try RunIdentifier(randomness: .system)
        key = try Self.key()
        try write(run, count: count)
    }

    func write(_ run: RunIdentifier, count: Int) throws {
        let directory = try Self.directory(run, in: state.path)
        for number in 1...count {
            let event = Self.access(pid: Int32(number))
            try directory.events.observe(event, line: event.line(sequence: number, time: "t"))
        }
    }

    static func access(pid: Int32) -> RunEvent {
        let secret = AccessedSecret(
            taskRun: "build",
            step: "push",
            volume: "v",
            path: "/mnt/secrets/token",
            object: "creds/token",
            version: 1,
            storeVersion: "",
            requestID: "",
            fingerprint: "hmac-sha256:00"
        )
        return .secretAccessed(
            RunEvent.SecretAccessed(
                .open,
                to: secret,
                pid: pid,
                uid: 0,
                executable: "/usr/bin/cat"
            )
        )
    }

    var file: String { "runs/\(run)/events.jsonl" }

    /// The lines with their newlines.
    func lines() throws -> [String] {
        try state.read(file).split(separator: "\n", omittingEmptySubsequences: true).map {
            "\($0)\n"
        }
    }

    func rewrite(_ change: (inout [String]) -> Void) throws {
        var lines = try lines()
        change(&lines)
        try state.write(lines.joined(), to: file)
    }

    func verify(saved: TrailHead? = nil) throws -> TrailVerdict {
        try TrailVerifier(in: state.path, key: key).verify(run, saved: saved)
    }

    /// `edited 3`, and so on.
    func breaks(saved: TrailHead? = nil) throws -> [String] {
        try verify(saved: saved).breaks.map { "\($0.kind.rawValue) \($0.line)" }
    }
}
