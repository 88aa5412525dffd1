// SPDX-License-Identifier: Apache-2.0
internal import Platform
internal import Synchronization

/// The conversation with the launcher: requests out, replies to whoever waits for them.
///
/// One thread of its own receives. It lives as long as the launcher does.
final class LauncherConnection: Sendable {
    private typealias Waiter = CheckedContinuation<Answer, Never>

    /// What became of a request.
    enum Answer: Sendable {
        case done(LauncherReply)
        case started(RunningStep)
        case failed(SystemError)
    }

    private enum Pending {
        case request(Waiter)
        case start(Waiter, program: String)
    }

    private struct State {
        var lastID: UInt32 = 0
        var pending: [UInt32: Pending] = [:]
        var running: [UInt32: RunningStep] = [:]
        var hasEnded = false
        var endWaiters: [CheckedContinuation<Void, Never>] = []
    }

    private let process: LauncherProcess
    private let state = Mutex(State())

    /// A reply whose descriptor this process had no room for.
    static let shortage = SystemError("recvmsg", on: "the launcher", .tooManyOpenFiles)
    static let gone = SystemError("read", on: "the launcher", .brokenPipe)

    init(_ process: LauncherProcess) {
        self.process = process
        SystemThread.start("launcher") { self.receiveAll() }
    }

    var pid: Int32 { process.pid }

    /// Sends a request and waits for its reply.
    ///
    /// `program` is what is started, `nil` for every other request; `descriptors` must stay open until this
    /// returns; `fill` appends the request's fields; `meanwhile` runs once the request is on its way. A refusal is
    /// thrown, so the answer is never `.failed`.
    func ask(
        _ kind: LauncherRequest,
        starting program: String? = nil,
        descriptors: [Int32] = [],
        _ fill: (LauncherMessage) -> Void = { _ in },
        meanwhile: () -> Void = {}
    ) async throws(SystemError) -> Answer {
        let id = nextID()
        let message = try LauncherMessage(kind: kind.rawValue, id: id, descriptors: descriptors)
        fill(message)
        if message.isTooLarge {
            throw SystemError("execve", on: "the arguments and environment", .argumentsTooLong)
        }
        let answer = await withCheckedContinuation { waiter in
            let pending =
                program.map { Pending.start(waiter, program: $0) } ?? Pending.request(waiter)
            if register(pending, as: id) {
                process.send(message)
                meanwhile()
            } else {
                waiter.resume(returning: .failed(Self.gone))
            }
        }
        if case .failed(let error) = answer { throw error }
        return answer
    }

    /// Sends a request that has no reply; what becomes of it is not known here.
    ///
    /// Returns its id.
    func tell(
        _ kind: LauncherRequest,
        _ fill: (LauncherMessage) -> Void
    ) throws(SystemError) -> UInt32 {
        let id = nextID()
        let message = try LauncherMessage(kind: kind.rawValue, id: id)
        fill(message)
        process.send(message)
        return id
    }

    private func nextID() -> UInt32 {
        state.withLock { state in
            state.lastID &+= 1
            return state.lastID
        }
    }

    /// Ends the launcher with all steps, and waits until nothing of them is left.
    func close() async {
        process.disconnect()
        await withCheckedContinuation { waiter in
            let hasEnded = state.withLock { state in
                if !state.hasEnded { state.endWaiters.append(waiter) }
                return state.hasEnded
            }
            if hasEnded { waiter.resume() }
        }
    }

    /// Ends the launcher without waiting.
    func disconnect() {
        process.disconnect()
    }

    /// Whether the connection still stands.
    private func register(_ pending: Pending, as id: UInt32) -> Bool {
        state.withLock { state in
            if state.hasEnded { return false }
            state.pending[id] = pending
            return true
        }
    }
}

extension LauncherConnection {
    private func receiveAll() {
        while let reply = process.receive() {
            switch LauncherReplyKind(rawValue: reply.kind) {
            case .done: resume(reply.id, with: .done(reply))
            case .failed: resume(reply.id, with: .failed(Self.failure(in: reply)))
            case .started: started(reply)
            case .exited: exited(reply)
            case nil: preconditionFailure("the launcher sends the kinds that protocol.h lists")
            }
        }
        process.reap()
        end()
    }

    private func resume(_ id: UInt32, with answer: Answer) {
        switch state.withLock({ $0.pending.removeValue(forKey: id) }) {
        case .request(let waiter), .start(let waiter, _): waiter.resume(returning: answer)
        case nil: break
        }
    }

    private func started(_ reply: LauncherReply) {
        guard
            case .start(let waiter, let program) = state.withLock({
                $0.pending.removeValue(forKey: reply.id)
            })
        else { return }
        // Without a descriptor it could be neither stopped nor waited for.
        guard let process = reply.takeDescriptor() else {
            LauncherProcess.kill(Int32(bitPattern: reply.number(at: 0)))
            return waiter.resume(returning: .failed(Self.shortage))
        }
        let step = RunningStep(
            pid: Int32(bitPattern: reply.number(at: 0)),
            program: program,
            process: process
        )
        state.withLock { $0.running[reply.id] = step }
        waiter.resume(returning: .started(step))
    }

    private func exited(_ reply: LauncherReply) {
        let step = state.withLock { $0.running.removeValue(forKey: reply.id) }
        guard let step else { return }
        let value = Int32(bitPattern: reply.number(at: 4))
        switch reply.number(at: 0) {
        case 1: step.finish(.exited(code: value))
        case 2: step.finish(.signalled(value))
        default: step.finish(.notExecuted(step.executionError(Errno(rawValue: value))))
        }
    }

    /// The launcher is gone, and the kernel kills what it started: waits for that, then tells everybody.
    private func end() {
        let left = state.withLock { state in
            state.hasEnded = true
            defer {
                state.pending = [:]
                state.running = [:]
                state.endWaiters = []
            }
            return (Array(state.pending.values), Array(state.running.values), state.endWaiters)
        }
        for step in left.1 { step.finishWhenGone() }
        for pending in left.0 {
            switch pending {
            case .request(let waiter), .start(let waiter, _):
                waiter.resume(returning: .failed(Self.gone))
            }
        }
        for waiter in left.2 { waiter.resume() }
    }

    private static func failure(in reply: LauncherReply) -> SystemError {
        let operation = reply.text(at: 4)
        let subject = reply.text(at: operation.next)
        let code = Errno(rawValue: CInt(bitPattern: reply.number(at: 0)))
        return SystemError(operation.text, on: subject.text, code)
    }
}
