// SPDX-License-Identifier: Apache-2.0
import Platform
import TestSupport
import Testing

/// The launcher's protocol, spoken badly: what it does when spoken well is SandboxTests' matter.
@Suite(.enabled(if: LauncherProcess.isPrivileged, "the launcher needs root"))
struct LauncherProcessTests {
    private static let configure: UInt32 = 1
    private static let createTask: UInt32 = 3
    private static let start: UInt32 = 5
    private static let done: UInt32 = 1
    private static let failed: UInt32 = 2

    @Test func `a request of unknown kind is refused`() async throws {
        try await Self.converse { launcher in
            let reply = try Self.ask(launcher, 99, id: 7) { _ in }
            #expect(reply.kind == Self.failed)
            #expect(reply.id == 7)
            #expect(reply.text(at: 4).text == "request")
        }
    }

    @Test func `replies carry descriptors once`() async throws {
        try await Self.converse { launcher in
            let reply = try Self.ask(launcher, Self.createTask, id: 1) {
                $0.append(1 as UInt32)
                $0.append(1 << 20 as UInt64)
                $0.append(0 as UInt32)
            }
            #expect(reply.kind == Self.done)
            #expect(Self.hasDescriptor(reply))
            #expect(!Self.hasDescriptor(reply))
        }
    }

    @Test func `a start without configuration is refused`() async throws {
        try await Self.converse { launcher in
            let reply = try Self.ask(launcher, Self.start, id: 1) { _ in }
            #expect(reply.kind == Self.failed)
        }
    }

    @Test(arguments: 1...8)
    func `a malformed start is refused and the launcher lives on`(_ seed: UInt64) async throws {
        try await Self.converse { launcher in
            #expect(try Self.configured(launcher))
            var random = seed &* 0x9E37_79B9_7F4A_7C15
            for id in 1...40 as ClosedRange<UInt32> {
                let fields = Int(random >> 58)
                let reply = try Self.ask(launcher, Self.start, id: id) { message in
                    for _ in 0..<fields {
                        random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                        // Small numbers are counts and lengths that fit, large ones are not.
                        message.append(UInt32(random >> (random & 1 == 0 ? 60 : 33)))
                    }
                }
                #expect(reply.kind == Self.failed, "seed \(seed), request \(id)")
                #expect(reply.id == id)
            }
        }
    }

    @Test func `a large request reaches a launcher that is slow to read`() async throws {
        try await Self.converse { launcher in
            #expect(try Self.configured(launcher))
            let text = String(repeating: "x", count: 3 << 20)
            for id in 1...6 as ClosedRange<UInt32> {
                try launcher.send(Self.message(Self.start, id: id) { $0.appendText(text) })
            }
            for id in 1...6 as ClosedRange<UInt32> {
                let reply = try #require(launcher.receive())
                #expect(reply.id == id)
                #expect(reply.kind == Self.failed)
            }
        }
    }

    @Test func `a message is too large beyond 16 MiB`() throws {
        let message = try LauncherMessage(kind: 1, id: 1)
        message.appendText(String(repeating: "x", count: (16 << 20) - 17))
        #expect(!message.isTooLarge)
        message.append(0 as UInt32)
        #expect(message.isTooLarge)
    }

    private static func hasDescriptor(_ reply: LauncherReply) -> Bool {
        guard let descriptor = reply.takeDescriptor() else { return false }
        return descriptor.number >= 0
    }

    private static func configured(_ launcher: LauncherProcess) throws -> Bool {
        let reply = try ask(launcher, configure, id: 0) {
            $0.append(0 as UInt64)
            $0.append(0 as UInt32)
        }
        return reply.kind == done
    }

    private static func message(
        _ kind: UInt32,
        id: UInt32,
        _ fill: (LauncherMessage) -> Void
    ) throws -> LauncherMessage {
        let message = try LauncherMessage(kind: kind, id: id)
        fill(message)
        return message
    }

    private static func ask(
        _ launcher: LauncherProcess,
        _ kind: UInt32,
        id: UInt32,
        _ fill: (LauncherMessage) -> Void
    ) throws -> LauncherReply {
        try launcher.send(message(kind, id: id, fill))
        return try #require(launcher.receive())
    }

    /// Runs a conversation on a thread of its own, as replies are waited for, and ends the launcher.
    private static func converse(
        _ body: @escaping @Sendable (LauncherProcess) throws -> Void
    ) async throws {
        try await SystemThread.run("conversation") {
            let launcher = try LauncherProcess.fork()
            try body(launcher)
            launcher.disconnect()
            #expect(launcher.receive() == nil)
            launcher.reap()
        }
    }
}
