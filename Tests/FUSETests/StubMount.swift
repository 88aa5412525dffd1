// SPDX-License-Identifier: Apache-2.0
import FUSE
import Platform
import Testing

extension Trait where Self == ConditionTrait {
    /// Needs root and /dev/fuse.
    static var requiresFUSE: Self {
        .enabled(if: StubMount.canMount, "needs root and /dev/fuse: no filesystem can be mounted")
    }
}

/// A session that serves a mount attached nowhere.
final class StubMount: Sendable {
    static let canMount: Bool = {
        guard let device = try? FUSEMount.openDevice() else { return false }
        return (try? FUSEMount(on: device)) != nil
    }()

    let session: FUSESession
    private let mount: FUSEMount

    init(_ filesystem: any FUSEFilesystem, threads: Int = 2, isReadOnly: Bool = true) throws {
        let device = try FUSEMount.openDevice()
        mount = try FUSEMount(on: device, isReadOnly: isReadOnly)
        session = try FUSESession(filesystem, on: device)
        session.start(threads: threads)
    }

    deinit { session.stop() }

    func path(_ name: String) -> String { "/proc/self/fd/\(mount.root.number)/\(name)" }

    func read(_ name: String = "file") throws -> String {
        String(decoding: try FileDescriptor.open(path(name)).readToEnd(), as: UTF8.self)
    }

    /// The error of an attempt to open the file.
    func refusal() -> Errno? {
        do throws(SystemError) {
            _ = try FileDescriptor.open(path("file"))
            return nil
        } catch {
            return error.code
        }
    }
}
