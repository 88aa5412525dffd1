// SPDX-License-Identifier: Apache-2.0
internal import Platform
internal import Secrets

/// `tacit secret delete NAME...`: takes secrets, or keys of them, out of the embedded store.
struct SecretDeleteCommand: Command {
    let name = "secret delete"
    let summary = "take secrets, or keys of them, out of the embedded store"
    let details = """
        NAME removes a secret with all of its keys, NAME#KEY one key of it. When one of
        several is not there, nothing is removed.
        """
    let operands = [Operand("NAME[#KEY]", .oneOrMore, completion: .nothing)]

    func run(_ arguments: Arguments, _ context: CommandContext) async throws -> ExitCode {
        let store = try context.embeddedStore()
        let addresses = arguments.operands.map(LocalStore.Address.init)
        try await context.withStore { try store.delete(addresses) }
        for address in arguments.operands { context.terminal.write("deleted \(address)\n") }
        return .success
    }
}
