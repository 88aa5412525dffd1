// SPDX-License-Identifier: Apache-2.0
import Cryptography
import Platform
@testable import SecretFS
import Secrets
import Synchronization
import TestSupport
import Testing

extension Trait where Self == ConditionTrait {
    /// Needs root and /dev/fuse.
    static var requiresFUSE: Self {
        .enabled(
            if: MountedSecrets.canMount,
            "needs root and /dev/fuse: no filesystem can be mounted"
        )
    }
}

/// A secret filesystem that serves a mount attached nowhere: commands reach it by this process's
/// descriptor, and it is gone with its owner.
final class MountedSecrets: Sendable {
    static let canMount: Bool = {
        guard let device = try? FUSEMount.openDevice() else { return false }
        return (try? FUSEMount(on: device)) != nil
    }()

    static let reader = SecretReader(
        taskRun: "build",
        step: "login",
        volume: "secrets",
        mountPath: "/mnt/secrets"
    )

    let filesystem: SecretFilesystem
    let accesses: AccessLog
    private let mount: FUSEMount
    /// This process's id.
    let process: Int32

    init(
        isReadOnly: Bool = true,
        threads: Int = 2,
        clock: WallClock = .system,
        log: AccessLog = AccessLog()
    ) throws {
        let status = try FileDescriptor.open("/proc/self/stat").readToEnd()
        let identifier = String(decoding: status.prefix { $0 != UInt8(ascii: " ") }, as: UTF8.self)
        process = try #require(Int32(identifier))
        accesses = log
        filesystem = SecretFilesystem(clock: clock) { _ in { access in try log.append(access) } }
        let device = try FUSEMount.openDevice()
        mount = try FUSEMount(on: device, isReadOnly: isReadOnly)
        try filesystem.serve(device, threads: threads)
    }

    deinit { filesystem.stop() }

    /// A path in the filesystem, for this process's children too.
    func path(_ name: String = "") -> String { "/proc/\(process)/fd/\(mount.root.number)/\(name)" }

    var openFileCount: Int { filesystem.server.files.withLock { $0.count } }
    var inodeCount: Int { filesystem.server.inodes.withLock { $0.count } }

    /// Publishes text files with mode 0644.
    func publish(
        _ files: [String: String],
        at path: String = "t",
        for reader: SecretReader = reader
    ) throws {
        let files = try files.map { name, text in
            try SecretFile(path: name, mode: 0o644, content: Self.version(text, of: name))
        }
        try filesystem.publish(files, for: reader, at: path)
    }

    static func version(_ text: String, of name: String, number: Int = 1) throws -> SecretVersion {
        try version(Array(text.utf8), of: name, number: number)
    }

    static func version(
        _ bytes: [UInt8],
        of name: String,
        number: Int = 1
    ) throws -> SecretVersion {
        SecretVersion(
            name: name,
            value: try LockedBytes(copying: bytes.span),
            lineage: lineage(of: name),
            number: number
        )
    }

    private static let lineages = Mutex<[String: SecretLineage]>([:])

    /// Versions of one name succeed one another.
    private static func lineage(of name: String) -> SecretLineage {
        lineages.withLock { lineages in
            let lineage = lineages[name] ?? SecretLineage()
            lineages[name] = lineage
            return lineage
        }
    }

    /// Runs a shell script whose directory is `directory` of the filesystem.
    ///
    /// It needs to search no directory above, so it may give its rights up.
    func run(
        _ script: String,
        in directory: String = "t",
        limit: Duration = .seconds(60)
    ) throws -> CommandOutcome {
        try start(script, in: directory).finish(limit: limit)
    }

    /// Starts such a script.
    func start(_ script: String, in directory: String = "t") throws -> RunningCommand {
        try Command(["sh", "-c", "cd \(path(directory)) && { \(script)\n}"]).start()
    }

    /// Reads a file with this process's own calls.
    func read(_ name: String) throws -> String {
        String(decoding: try FileDescriptor.open(path(name)).readToEnd(), as: UTF8.self)
    }
}
