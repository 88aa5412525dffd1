// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import Platform
internal import Synchronization

/// A home directory for libgit2 with nothing but a known_hosts file of our own.
///
/// libgit2 looks into `$HOME/.ssh/known_hosts`, whatever we were told to trust, and asks the server for a key of the
/// kind of the first line that it finds there; RSA, often, which libssh2 before 1.11 cannot do with any
/// current server. Nothing else of this process reads HOME while it runs.
final class SSHHome: Sendable {
    private struct Shared {
        var users = 0
        var lines: Set<String> = []
        var directory = ""
        var previous: String?
    }

    private static let shared = Mutex(Shared())

    /// Makes libgit2 ask that host for the best kind of key that is known of it.
    init(_ url: GitURL, _ hosts: KnownHosts) {
        let line = hosts.preferredLine(host: url.host, port: url.effectivePort)
        Self.shared.withLock { shared in
            if shared.users == 0 { Self.enter(&shared) }
            shared.users += 1
            if let line, shared.lines.insert(line).inserted { Self.write(shared) }
        }
    }

    deinit {
        Self.shared.withLock { shared in
            shared.users -= 1
            if shared.users == 0 { Self.leave(&shared) }
        }
    }

    private static func enter(_ shared: inout Shared) {
        let random = (try? RandomBytes.system.bytes(8))?.map { String($0, radix: 16) }.joined()
        shared.directory = "/tmp/tacit-ssh-\(random ?? "")"
        shared.previous = EnvironmentVariables.current["HOME"]
        try? Directory.create("\(shared.directory)/.ssh", permissions: 0o700)
        unsafe _ = setenv("HOME", shared.directory, 1)
    }

    private static func leave(_ shared: inout Shared) {
        if let previous = shared.previous {
            unsafe _ = setenv("HOME", previous, 1)
        } else {
            unsafe _ = unsetenv("HOME")
        }
        try? Directory.removeTree(shared.directory)
        shared = Shared()
    }

    /// A file that cannot be written costs the choice, and no more.
    private static func write(_ shared: Shared) {
        let path = "\(shared.directory)/.ssh/known_hosts"
        guard let file = try? FileDescriptor.open("\(path).new", [.writeOnly, .create, .truncate]),
            (try? file.write(shared.lines.sorted().map { $0 + "\n" }.joined())) != nil
        else { return }
        try? Directory.rename("\(path).new", to: path)
    }
}
