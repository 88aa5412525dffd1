// SPDX-License-Identifier: Apache-2.0
import Cryptography
import Platform

/// Reads what `sources` of the configuration names; blocks, since a command may take its time.
struct SourceReader {
    let access: StoreAccess

    /// Why a value cannot be had; never with a part of it.
    struct Failure: Error {
        var message: String
        var remedy = ""
    }

    private static let byteLimit = 1 << 20

    /// The value of an entry: a source's name, or `SOURCE.NAME` for one of the values of a source that has
    /// several.
    ///
    /// Parameter `isExecuted`: whether the entry has to be a command, or else must not be one; `nil` takes both.
    func read(entry: String, isExecuted: Bool? = nil) throws(Failure) -> LockedBytes {
        let (rule, name) = try find(entry)
        if let isExecuted, rule.place.isCommand != isExecuted {
            let other = isExecuted ? "file" : "exec"
            throw Failure(
                message: "source `\(rule.name)` is \(isExecuted ? "no" : "a") command",
                remedy: "a class of provider `\(other)` may name it"
            )
        }
        return try read(rule.place, name, rule)
    }

    /// Whether the entry could be read: it is configured, and its file or program is there.
    func check(entry: String, isExecuted: Bool) throws(Failure) {
        let (rule, _) = try find(entry)
        guard case .command(let arguments) = rule.place else {
            _ = try read(entry: entry, isExecuted: isExecuted)
            return
        }
        if !isExecuted { _ = try read(entry: entry, isExecuted: false) }
        if !CommandReader.hasProgram(arguments[0], access.environment) {
            throw Failure(message: "source `\(rule.name)`: there is no program `\(arguments[0])`")
        }
    }

    private func find(_ entry: String) throws(Failure) -> (rule: SourceRule, name: String) {
        if let rule = access.sources.first(where: { $0.name == entry }) {
            if rule.place.holdsMany {
                throw Failure(
                    message: "source `\(entry)` holds several values",
                    remedy: "name one of them: `\(entry).NAME`"
                )
            }
            return (rule, "")
        }
        for rule in access.sources where rule.place.holdsMany && entry.hasPrefix("\(rule.name).") {
            return (rule, String(entry.dropFirst(rule.name.count + 1)))
        }
        throw Failure(
            message: "there is no source `\(entry)` in the configuration",
            remedy: "say where it is: `sources: {\(entry): {file: PATH}}`, or directory, envFile, "
                + "credential, keyring, command"
        )
    }

    private func read(
        _ place: SourceRule.Place,
        _ name: String,
        _ rule: SourceRule
    ) throws(Failure) -> LockedBytes {
        do {
            switch place {
            case .file(let path): return try LockedFile.read(path, limit: Self.byteLimit)
            case .directory(let path): return try readFile(named: name, in: path)
            case .environmentFile(let path): return try readVariable(name, in: path)
            case .credential(let credential): return try readCredential(credential)
            case .keyring(let description): return try readKey(description)
            case .command(let arguments):
                let reader = CommandReader(arguments: arguments, environment: access.environment)
                return try reader.read(limit: Self.byteLimit)
            }
        } catch let failure as Failure {
            throw Failure(
                message: "source `\(rule.name)`: \(failure.message)",
                remedy: failure.remedy
            )
        } catch {
            throw Failure(message: "source `\(rule.name)`: \(error)")
        }
    }

    private func readFile(named name: String, in directory: String) throws -> LockedBytes {
        if name.isEmpty || name.contains("/") || name.hasPrefix(".") {
            throw Failure(message: "`\(name)` is no file's name")
        }
        return try LockedFile.read("\(directory)/\(name)", limit: Self.byteLimit)
    }

    private func readVariable(_ name: String, in path: String) throws -> LockedBytes {
        let text = try LockedFile.read(path, limit: Self.byteLimit)
        let parsed = try text.withBytes { bytes throws(CryptographyError) in
            try DotEnv.parse(bytes)
        }
        guard let entry = parsed.entries.last(where: { $0.name == name }) else {
            throw Failure(message: "`\(path)` has no line `\(name)=`")
        }
        return try entry.value.copy()
    }

    private func readCredential(_ name: String) throws -> LockedBytes {
        guard let directory = access.environment["CREDENTIALS_DIRECTORY"] else {
            throw Failure(
                message: "systemd has given this process no credentials",
                remedy: "run it in a unit with `LoadCredential=\(name):PATH`"
            )
        }
        return try readFile(named: name, in: directory)
    }

    private func readKey(_ description: String) throws -> LockedBytes {
        let key = try KernelKey(named: description)
        var writer = try LockedWriter(capacity: max(1, try key.byteCount()))
        try writer.fill { output throws(SystemError) in try key.read(appendingTo: &output) }
        return writer.finish()
    }
}
