// SPDX-License-Identifier: Apache-2.0
internal import Secrets
internal import FUSE

/// Every inode, by number: what is published, and what the kernel has not forgotten yet.
///
/// An inode's number is its slot, and above 32 bits how often the slot was used before; so a number is never
/// used twice, and finding one is an array access.
struct InodeTable {
    static let root: UInt64 = 1

    private struct Slot {
        var uses: UInt64 = 0
        var inode: Inode?
    }

    /// The first slot is never used: 0 is no inode number.
    private var slots: [Slot] = [Slot()]
    private var free: [Int] = []
    /// Makes what records the accesses to a file, once for each version of it.
    private let recorder: @Sendable (AccessedFile) -> AccessRecorder

    init(at time: Int64, recorder: @escaping @Sendable (AccessedFile) -> AccessRecorder) {
        self.recorder = recorder
        slots.append(Slot(uses: 1))
        slots[1].inode = Inode(
            number: Self.root,
            parent: Self.root,
            name: [],
            permissions: 0o755,
            size: 0,
            modified: time,
            content: .directory(DirectoryEntries())
        )
    }

    subscript(number: UInt64) -> Inode? {
        let slot = Int(number & 0xffff_ffff)
        guard slot < slots.count, let inode = slots[slot].inode else { return nil }
        return inode.number == number ? inode : nil
    }

    /// What an inode serves, without a copy of the rest.
    func file(_ number: UInt64) -> PublishedFile? {
        let slot = Int(number & 0xffff_ffff)
        guard slot < slots.count, slots[slot].inode?.number == number else { return nil }
        return slots[slot].inode?.file
    }

    /// A version of a file, ready to be recorded if it is to be.
    func published(
        _ version: SecretVersion,
        at path: String,
        for reader: SecretReader,
        permissions: UInt16,
        isAudited: Bool
    ) -> PublishedFile {
        let file = AccessedFile(reader: reader, path: path, version: version)
        return PublishedFile(
            permissions: permissions,
            version: version,
            audit: isAudited ? PublishedFile.Audit(file, record: recorder(file)) : nil
        )
    }

    /// The same file with another version of its object.
    func replaced(_ file: PublishedFile, by version: SecretVersion) -> PublishedFile {
        guard let audit = file.audit?.file else {
            return PublishedFile(permissions: file.permissions, version: version, audit: nil)
        }
        return published(
            version,
            at: audit.path,
            for: audit.reader,
            permissions: file.permissions,
            isAudited: true
        )
    }

    /// How many inodes there are.
    var count: Int { slots.count - 1 - free.count }

    /// The bytes of the files that are named.
    var byteCount: Int {
        slots.reduce(0) { sum, slot in
            guard let inode = slot.inode, inode.isLinked else { return sum }
            return sum + inode.size
        }
    }

    /// The numbers of the named files that serve a version of that lineage.
    func files(of lineage: SecretLineage) -> [UInt64] {
        slots.compactMap { slot in
            guard let inode = slot.inode, inode.isLinked else { return nil }
            return inode.file?.version.lineage === lineage ? inode.number : nil
        }
    }
}

extension InodeTable {
    /// Makes an inode without linking it.
    mutating func allocate(
        name: [UInt8],
        in parent: UInt64,
        permissions: UInt16,
        size: Int,
        at time: Int64,
        _ content: Inode.Content
    ) -> UInt64 {
        let slot = free.popLast() ?? slots.count
        if slot == slots.count { slots.append(Slot()) }
        let number = slots[slot].uses << 32 | UInt64(slot)
        slots[slot].uses += 1
        slots[slot].inode = Inode(
            number: number,
            parent: parent,
            name: name,
            permissions: permissions,
            size: size,
            modified: time,
            content: content
        )
        return number
    }

    /// Changes an inode that is there.
    mutating func update<Outcome>(
        _ number: UInt64,
        _ change: (inout Inode) -> Outcome
    ) -> Outcome {
        let slot = Int(number & 0xffff_ffff)
        guard slot < slots.count, var inode = slots[slot].inode.take(), inode.number == number
        else { preconditionFailure("an inode that is changed is there") }
        let outcome = change(&inode)
        slots[slot].inode = inode
        return outcome
    }

    /// Frees an inode that neither a directory nor the kernel knows any more.
    mutating func freeIfUnused(_ number: UInt64) {
        guard let inode = self[number], !inode.isLinked, inode.references == 0 else { return }
        let slot = Int(number & 0xffff_ffff)
        slots[slot].inode = nil
        free.append(slot)
    }

    /// Looks a name up and counts the kernel's reference.
    mutating func reference(_ name: Span<UInt8>, in parent: UInt64) -> FUSEAttributes? {
        guard let entry = self[parent]?.entries?[name] else { return nil }
        return update(entry.inode) { inode in
            inode.references += 1
            return inode.attributes
        }
    }

    /// Drops references of the kernel.
    mutating func forget(_ number: UInt64, count: UInt64) {
        guard number != Self.root, self[number] != nil else { return }
        update(number) { inode in
            precondition(inode.references >= count, "the kernel forgets what it looked up")
            inode.references -= count
        }
        freeIfUnused(number)
    }
}
