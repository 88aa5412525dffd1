// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
internal import Platform

/// What makes this program the `git` and the `git-init` of images that bring them: a directory with copies of
/// it under those names, laid over the root.
///
/// `git-init` is always stood in for; `git` only where the host has none.
struct GitLayer {
    private static let hostPrograms = ["/usr/bin/git", "/usr/local/bin/git", "/bin/git"]

    /// Where it is, or would be; `nil` where this program cannot be read.
    ///
    /// Another build of the program has another place.
    let path: String?

    private static let hostHasGit = hostPrograms.contains { (try? FileStatus(of: $0)) != nil }

    init(cache: String) {
        guard let program = try? FileDescriptor.open("/proc/self/exe"),
            let size = try? FileStatus(of: program).byteCount,
            let start = try? program.read(count: 65536, at: 0),
            let hash = try? SHA256.digest(of: start.span).prefix(6)
        else {
            path = nil
            return
        }
        let name = hash.map { String($0, radix: 16) }.joined()
        path = "\(cache)/images/git\(Self.hostHasGit ? "-init" : "")-\(name)-\(size)"
    }

    /// Makes it where it is missing.
    func make() throws(SystemError) {
        guard let path, !FileStatus.isDirectory(path) else { return }
        let places = ["ko-app/git-init"] + (Self.hostHasGit ? [] : ["usr/bin/git"])
        let new = "\(path).\(try RandomBytes.system.hexadecimal(byteCount: 4))"
        for place in places {
            let slash = place.lastIndex(of: "/") ?? place.startIndex
            try Directory.create("\(new)/\(place[..<slash])", permissions: 0o755)
            let source = try FileDescriptor.open("/proc/self/exe")
            let target = try FileDescriptor.open(
                "\(new)/\(place)",
                [.writeOnly, .create, .exclusive],
                permissions: 0o755
            )
            try source.copy(to: target)
        }
        // Another run may have been quicker.
        if (try? Directory.rename(new, to: path)) == nil { try Directory.removeTree(new) }
    }
}
