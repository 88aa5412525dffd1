// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
internal import FUSE
internal import Secrets

/// A name of a directory that means something else than before.
struct ChangedName {
    let directory: UInt64
    let name: [UInt8]
}

/// Publishing, withdrawing and replacing. Each returns what the kernel must be told afterwards, outside
/// the lock that guards the table.
extension InodeTable {
    /// Makes a tree of files below the root.
    ///
    /// - Returns: the directory that was there before and now has a name more.
    mutating func publish(
        _ files: [SecretFile],
        for reader: SecretReader,
        at path: [[UInt8]],
        time: Int64
    ) throws(SecretFSError) -> UInt64 {
        var top = Self.root
        var depth = 0
        while depth < path.count, let entry = self[top]?.entries?[path[depth]] {
            precondition(entry.kind == .directory, "a tree is not published within another")
            top = entry.inode
            depth += 1
        }
        precondition(
            depth < path.count || (path.isEmpty && self[top]?.entries?.isEmpty == true),
            "a tree is published where nothing is yet"
        )
        var directory = top
        for name in path[depth...] { directory = makeDirectory(name, in: directory, time) }
        do {
            for file in files { try insert(file, for: reader, below: directory, time) }
        } catch {
            _ = withdraw(path, time: time)
            throw error
        }
        return top
    }

    /// Takes a tree away, and the directories above that are empty then.
    mutating func withdraw(_ path: [[UInt8]], time: Int64) -> [ChangedName] {
        var directories = [Self.root]
        for name in path {
            guard let entry = self[directories[directories.count - 1]]?.entries?[name] else {
                return []
            }
            directories.append(entry.inode)
        }
        var changes: [ChangedName] = []
        empty(directories.removeLast(), time, &changes)
        for (directory, name) in zip(directories, path).reversed() {
            guard let entry = self[directory]?.entries?[name],
                self[entry.inode]?.entries?.isEmpty == true
            else { break }
            unlink(name, in: directory, time)
            changes.append(ChangedName(directory: directory, name: name))
        }
        return changes
    }

    /// Gives every file of a lineage a new inode with the new version.
    mutating func replace(with version: SecretVersion, time: Int64) -> [ChangedName] {
        files(of: version.lineage).compactMap { number in
            guard let old = self[number], let file = old.file, file.version !== version else {
                return nil
            }
            let new = allocate(
                name: old.name,
                in: old.parent,
                permissions: old.permissions,
                size: version.value.count,
                at: time,
                .file(replaced(file, by: version))
            )
            update(old.parent) { directory in
                directory.changeEntries(at: time) { $0.set(old.name, to: new, kind: .file) }
            }
            update(number) { $0.isLinked = false }
            freeIfUnused(number)
            return ChangedName(directory: old.parent, name: old.name)
        }
    }
}

extension InodeTable {
    private mutating func insert(
        _ file: SecretFile,
        for reader: SecretReader,
        below tree: UInt64,
        _ time: Int64
    ) throws(SecretFSError) {
        let names = file.path.utf8.split(
            separator: UInt8(ascii: "/"),
            omittingEmptySubsequences: false
        )
        .map { Array($0) }
        if !names.allSatisfy(Self.isName) { throw SecretFSError(file.path, .invalidName) }
        var directory = tree
        for name in names.dropLast() {
            guard let entry = self[directory]?.entries?[name] else {
                directory = makeDirectory(name, in: directory, time)
                continue
            }
            if entry.kind != .directory { throw SecretFSError(file.path, .fileAndDirectory) }
            directory = entry.inode
        }
        let name = names[names.count - 1]
        if let entry = self[directory]?.entries?[name] {
            throw SecretFSError(
                file.path,
                entry.kind == .file ? .duplicate : .fileAndDirectory
            )
        }
        let published = published(
            file.content,
            at: file.path,
            for: reader,
            permissions: file.mode & 0o777,
            isAudited: file.isAudited
        )
        link(
            name,
            in: directory,
            permissions: published.permissions,
            size: file.content.value.count,
            time,
            .file(published)
        )
    }

    static func isName(_ name: [UInt8]) -> Bool {
        (1...255).contains(name.count) && !name.contains(0) && name != [0x2e]
            && name != [0x2e, 0x2e]
    }

    private mutating func makeDirectory(
        _ name: [UInt8],
        in parent: UInt64,
        _ time: Int64
    ) -> UInt64 {
        let content = Inode.Content.directory(DirectoryEntries())
        return link(name, in: parent, permissions: 0o755, size: 0, time, content)
    }

    @discardableResult
    private mutating func link(
        _ name: [UInt8],
        in parent: UInt64,
        permissions: UInt16,
        size: Int,
        _ time: Int64,
        _ content: Inode.Content
    ) -> UInt64 {
        let number = allocate(
            name: name,
            in: parent,
            permissions: permissions,
            size: size,
            at: time,
            content
        )
        let kind: FUSEAttributes.Kind =
            switch content {
            case .directory: .directory
            case .file: .file
            }
        update(parent) { directory in
            directory.changeEntries(at: time) { $0.set(name, to: number, kind: kind) }
        }
        return number
    }

    /// Takes a name away; a file lets its value go, unless it is open.
    private mutating func unlink(_ name: [UInt8], in parent: UInt64, _ time: Int64) {
        guard let entry = self[parent]?.entries?[name] else { return }
        update(parent) { directory in directory.changeEntries(at: time) { $0.remove(name) } }
        update(entry.inode) { inode in
            inode.isLinked = false
            if entry.kind == .file { inode.content = .file(nil) }
        }
        freeIfUnused(entry.inode)
    }

    private mutating func empty(
        _ directory: UInt64,
        _ time: Int64,
        _ changes: inout [ChangedName]
    ) {
        for entry in self[directory]?.entries?.all ?? [] {
            if entry.kind == .directory { empty(entry.inode, time, &changes) }
            unlink(entry.name, in: directory, time)
            changes.append(ChangedName(directory: directory, name: entry.name))
        }
    }
}
