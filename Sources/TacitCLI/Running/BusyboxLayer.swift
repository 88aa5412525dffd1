// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// What makes the host's busybox the `/bin/sh` of images whose shell it is: a directory with two links,
/// laid over the root.
///
/// Scripts written for alpine rely on it (`[ a == b ]`, `#!/usr/bin/env ash`).
struct BusyboxLayer {
    var cache: String

    /// The directory, made when missing; `nil` where the host has no busybox, whose own `sh` then serves.
    var path: String? {
        let busybox = ["/usr/bin/busybox", "/bin/busybox"].first {
            (try? FileStatus(of: $0))?.kind == .regular
        }
        guard let busybox else { return nil }
        let layer = "\(cache)/images/busybox"
        let programs = "\(layer)/usr/bin"
        do {
            try Directory.create(programs, permissions: 0o755)
            let directory = try FileDescriptor.open(programs, .directory)
            for name in ["sh", "ash"] {
                do {
                    try directory.linkBeneath(name, to: busybox)
                } catch  where error.code == .exists {}
            }
            return layer
        } catch {
            return nil
        }
    }
}
