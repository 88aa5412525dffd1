// SPDX-License-Identifier: Apache-2.0
import JSON
import Platform
import Synchronization

/// What this process has been lent by stores, on disk, so that the next one can give it back if this one is
/// killed.
///
/// Public names of tokens and leases, and where they are from; no secret. One file a process below `leases/` of the state directory, locked as long as the process lives, and
/// removed when all is given back.
final class LeaseLedger: Sendable {
    /// One token or lease.
    struct Entry: Sendable, Equatable {
        var address: String
        var namespace: String
        /// `namespace/name` of the service account that it was lent to.
        var account: String
        var mount: String
        /// A token's; empty for a lease of its own.
        var accessor = ""
        /// Empty for a token.
        var lease = ""
        /// Seconds since 1970 when it ends by itself; 0 when unknown.
        var end = 0
    }

    private struct File: ~Copyable {
        let path: String
        let file: FileDescriptor
        let lock: FileLock
        var open: Set<String> = []
    }

    private let directory: String
    private let clock: WallClock
    private let file = Mutex<File?>(nil)
    private let failure = Mutex<String?>(nil)

    /// - Parameters:
    ///   - stateDirectory: Tacit's.
    ///   - clock: tells when something ends.
    init(stateDirectory: String, clock: WallClock) {
        directory = "\(stateDirectory)/leases"
        self.clock = clock
    }

    /// Why something could not be written down; `nil` when everything was.
    var problem: String? { failure.withLock { $0 } }

    func note(_ entry: Entry) {
        write(entry.json(now: clock), key: entry.key, isOpen: true)
    }

    func forget(accessor: String) { write(forgetting: "token \(accessor)") }

    func forget(lease: String) { write(forgetting: "lease \(lease)") }

    private func write(forgetting key: String) {
        write(.object(["forget": .string(key)]), key: key, isOpen: false)
    }

    private func write(_ line: JSONValue, key: String, isOpen: Bool) {
        do throws(SystemError) {
            try file.withLock { file throws(SystemError) in
                if file == nil {
                    if !isOpen { return }
                    file = try Self.create(in: directory)
                }
                try file?.file.write(line.serialize() + [0x0a])
                try file?.file.synchronize()
                if isOpen { file?.open.insert(key) } else { file?.open.remove(key) }
                if let path = file?.path, file?.open.isEmpty == true {
                    try Directory.unlink(path)
                    file = nil
                }
            }
        } catch {
            failure.withLock { $0 = $0 ?? "\(error)" }
        }
    }

    /// Under its final name only once it is locked: another process takes an unlocked one for left behind.
    private static func create(in directory: String) throws(SystemError) -> File {
        try Directory.create(directory, permissions: 0o700)
        let name = try RandomBytes.system.hexadecimal(byteCount: 8)
        let temporary = "\(directory)/.\(name)"
        let lock = try FileLock(creating: temporary)
        let file = try FileDescriptor.open(temporary, [.writeOnly, .append])
        let path = "\(directory)/\(name).jsonl"
        try Directory.rename(temporary, to: path)
        try Directory.synchronize(directory)
        return File(path: path, file: file, lock: lock)
    }
}

/// What others left behind.
extension LeaseLedger {
    /// A file of a process that is gone, locked against others who would do the same work.
    struct Orphan: ~Copyable {
        let path: String
        /// Those that have not ended by themselves.
        let entries: [Entry]
        private let lock: FileLock

        fileprivate init(path: String, entries: [Entry], lock: consuming FileLock) {
            self.path = path
            self.entries = entries
            self.lock = lock
        }

        /// Removes it: all is given back.
        func remove() { try? Directory.unlink(path) }
    }

    /// Whether there may be any; cheap.
    var mayHaveOrphans: Bool { !((try? Directory.names(in: directory)) ?? []).isEmpty }

    /// Hands each file that a dead process left behind to `body`; one without entries is removed.
    func withOrphans(_ body: (borrowing Orphan) async -> Void) async {
        let now = Int(clock.now().nanoseconds / 1_000_000_000)
        for name in (try? Directory.names(in: directory)) ?? [] where !name.hasPrefix(".") {
            let path = "\(directory)/\(name)"
            guard let lock = try? FileLock(creating: path),
                let bytes = try? FileDescriptor.open(path).readToEnd(limit: 1 << 24)
            else { continue }
            let entries = Self.open(in: bytes).filter { $0.end == 0 || $0.end > now }
            let orphan = Orphan(path: path, entries: entries, lock: lock)
            if entries.isEmpty { orphan.remove() } else { await body(orphan) }
        }
    }

    /// The entries that no later line forgets; a line that was cut short is none.
    private static func open(in bytes: [UInt8]) -> [Entry] {
        var entries: [Entry] = []
        for line in bytes.split(separator: 0x0a) {
            guard let json = try? JSONValue.parse(Array(line)), case .object(let members) = json
            else { continue }
            if case .string(let key)? = members["forget"] {
                entries.removeAll { $0.key == key }
            } else if let entry = Entry(members) {
                entries.append(entry)
            }
        }
        return entries
    }
}

extension LeaseLedger.Entry {
    init(
        _ target: VaultTarget,
        accessor: String = "",
        lease: String = "",
        lifetime: Duration?
    ) {
        address = target.address.text
        namespace = target.namespace
        account = target.account
        mount = target.mount
        self.accessor = accessor
        self.lease = lease
        end = lifetime.map { Int($0.components.seconds) } ?? 0
    }

    var key: String { accessor.isEmpty ? "lease \(lease)" : "token \(accessor)" }

    /// `end` was a span until now.
    fileprivate func json(now clock: WallClock) -> JSONValue {
        let seconds = Int(clock.now().nanoseconds / 1_000_000_000)
        return .object([
            "address": .string(address), "namespace": .string(namespace),
            "account": .string(account), "mount": .string(mount), "accessor": .string(accessor),
            "lease": .string(lease), "end": .number(String(end == 0 ? 0 : seconds + end)),
        ])
    }

    fileprivate init?(_ members: [String: JSONValue]) {
        let text = { (name: String) -> String? in
            if case .string(let text)? = members[name] { text } else { nil }
        }
        guard let address = text("address"), let namespace = text("namespace"),
            let account = text("account"), let mount = text("mount"),
            let accessor = text("accessor"), let lease = text("lease"),
            case .number(let end)? = members["end"]
        else { return nil }
        self.init(
            address: address,
            namespace: namespace,
            account: account,
            mount: mount,
            accessor: accessor,
            lease: lease,
            end: Int(end) ?? 0
        )
    }
}
