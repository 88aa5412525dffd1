// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
internal import Platform

extension StepWorld {
    /// Checks what the kernel's interfaces cannot express, before anything is sent.
    ///
    /// - Returns: the capabilities, as bits.
    /// - Throws: EINVAL or E2BIG with the field's name.
    func check() throws(SystemError) -> UInt64 {
        try checkCommand()
        return try checkSurroundings()
    }

    private func checkCommand() throws(SystemError) {
        if arguments.isEmpty { throw SystemError("execve", on: "no command", .invalidArgument) }
        for argument in arguments where argument.containsNUL {
            throw SystemError("execve", on: "an argument with a NUL byte", .invalidArgument)
        }
        for variable in environment {
            let name = variable.name
            if name.isEmpty || name.contains("=") || name.utf8.contains(0) {
                throw SystemError("execve", on: "the variable name `\(name)`", .invalidArgument)
            }
            if variable.value.containsNUL {
                throw SystemError(
                    "execve",
                    on: "the variable \(name), which holds a NUL byte",
                    .invalidArgument
                )
            }
        }
    }

    /// Checks all but the arguments and the environment; see `check`.
    func checkSurroundings() throws(SystemError) -> UInt64 {
        for mount in mounts where mount.target.allSatisfy({ $0 == "/" }) {
            throw SystemError("move_mount", on: "the root of a step's world", .invalidArgument)
        }
        // The kernel takes this number for "leave it as it is", which would be root.
        if user == .max || group == .max || supplementaryGroups.contains(.max) {
            throw SystemError("setresuid", on: "the user or group 4294967295", .invalidArgument)
        }
        do {
            return try Capability.set(adding: addedCapabilities, dropping: droppedCapabilities)
        } catch {
            throw SystemError("capset", on: "the capability \(error.name)", .invalidArgument)
        }
    }

    /// What messages call the program; never a secret.
    var programName: String {
        guard case .plain(let name)? = arguments.first else { return "(a secret)" }
        return name
    }

    /// Appends the fields of a start, in the order of CLinux's step_request.c.
    func append(to message: LauncherMessage, task: UInt32, capabilities: UInt64) {
        appendSurroundings(to: message, task: task, capabilities: capabilities)
        message.append(UInt32(arguments.count))
        for argument in arguments { message.appendText { argument.append(to: message) } }
        message.append(UInt32(environment.count))
        for variable in environment {
            message.appendText {
                message.appendPiece(variable.name + "=")
                variable.value.append(to: message)
            }
        }
    }

    /// Appends the fields of a preparation: those of a start before the arguments.
    func appendSurroundings(to message: LauncherMessage, task: UInt32, capabilities: UInt64) {
        message.append(preparation)
        message.append(task)
        message.append(rootIsReadOnly ? 1 : 0 as UInt32)
        message.append(noNewPrivileges ? 1 : 0 as UInt32)
        message.append(user)
        message.append(group)
        message.append(capabilities)
        message.appendText(hostname)
        message.appendText(workingDirectory)
        message.append(UInt32(supplementaryGroups.count))
        for group in supplementaryGroups { message.append(group) }
        append(layers, to: message)
        append(toolPaths, to: message)
        message.append(UInt32(mounts.count))
        for mount in mounts { mount.append(to: message) }
    }

    private func append(_ paths: [String], to message: LauncherMessage) {
        message.append(UInt32(paths.count))
        for path in paths { message.appendText(path) }
    }
}

extension StepWorld.Text {
    fileprivate var containsNUL: Bool {
        switch self {
        case .plain(let text): return text.utf8.contains(0)
        case .secret(let secret):
            return secret.bytes.withBytes { bytes in
                for index in bytes.indices where bytes[index] == 0 { return true }
                return false
            }
        }
    }

    fileprivate func append(to message: LauncherMessage) {
        switch self {
        case .plain(let text): message.appendPiece(text)
        case .secret(let secret): secret.bytes.withBytes { message.appendPiece($0) }
        }
    }
}

extension WorldMount {
    /// Appends the fields of one mount; the kinds are CLinux's `enum mount_source`.
    fileprivate func append(to message: LauncherMessage) {
        let (kind, limit, path): (UInt32, Int, String) =
            switch source {
            case .host(let path): (0, 0, path)
            case .task(let path): (1, 0, path)
            case .secrets(let path): (2, 0, path)
            case .temporary(let byteLimit): (3, byteLimit ?? 0, "")
            case .tree(let tree, let path): (4, Int(tree.number), path)
            }
        message.append(kind)
        message.append(isReadOnly ? 1 : 0 as UInt32)
        message.append(UInt64(limit))
        message.appendText(path)
        message.appendText(subPath)
        message.appendText(target)
    }
}
