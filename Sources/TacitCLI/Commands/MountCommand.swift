// SPDX-License-Identifier: Apache-2.0
internal import Platform
internal import Secrets

/// `tacit mount`: a class's secrets as files for other programs, until Ctrl-C.
struct MountCommand: Command {
    static let classFlag = Flag(
        "class",
        value: "NAME",
        summary: "the SecretProviderClass whose secrets are mounted"
    )
    static let at = Flag(
        "at",
        value: "DIR",
        completion: .directories,
        summary: "where; made if missing, else it must be empty; default \(defaultDirectory)"
    )
    static let allowUser = Flag(
        "allow-user",
        value: "USER",
        repeats: true,
        summary: "a user, by name or number, who may read besides root"
    )
    private static let defaultDirectory = "/mnt/secrets"

    let name = "mount"
    let summary = "mount a class's secrets for other programs, until Ctrl-C"
    let details = """
        The files are to be seen by the whole host; root, and the users that are named, may
        read them. Every access is on record as in a run (`tacit audit access`). With
        `--rotate`, or the annotation `tacit.dev/rotate` on the class, they follow the store.

        Reads FILEs, or what `tacit run` would read, for the class. What a killed mount has
        left is taken away when Tacit mounts or runs the next time.
        """
    let operands = [Operand("FILE", .zeroOrMore)]
    let flags = [
        classFlag, at, allowUser, .namespace, KnownSecrets.serviceAccountFlag, .store,
        RunFlags.rotate,
    ]

    func run(_ arguments: Arguments, _ context: CommandContext) async throws -> ExitCode {
        guard arguments.has(Self.classFlag) else {
            throw CommandFailure.usage("no class is named", hint: "name one with `--class NAME`")
        }
        let path = arguments.value(of: Self.at) ?? Self.defaultDirectory
        let users = try Set(
            arguments.values(of: Self.allowUser).map { name throws(CommandFailure) in
                try UserNames.identifier(of: name)
            }
        )
        let rotation = try RunArguments.rotation(in: arguments)
        if CurrentProcess.userID != 0 {
            throw CommandFailure(.hostLacking, "`tacit mount` needs root", hint: "run it with sudo")
        }
        return try await MountSession(
            arguments: arguments,
            context: context,
            directory: path,
            users: users,
            rotation: rotation
        ).run()
    }
}
