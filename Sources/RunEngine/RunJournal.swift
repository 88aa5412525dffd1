// SPDX-License-Identifier: Apache-2.0
package import Platform
package import Redaction
internal import JSON
internal import SecretFS
internal import Secrets
internal import Synchronization
package import Tekton

/// One run's stream of events: redacts them, numbers them, and hands each to every observer.
///
/// An event that an observer does not take is an event that must not have happened: `emit` throws, and
/// the journal remembers the failure so that the run ends.
package final class RunJournal: Sendable {
    private struct State {
        var sequence = 0
        var failure: String?
        var executables: RedactedNames
        var clockText = ClockText()
    }

    private let observers: [any RunObserver]
    private let redactor: Redactor
    private let clock: WallClock
    private let state: Mutex<State>

    /// - Parameters:
    ///   - observers: the first one keeps the record.
    ///   - redactor: of the run.
    ///   - clock: gives the events their times.
    package init(observers: [any RunObserver], redactor: Redactor, clock: WallClock) {
        self.observers = observers
        self.redactor = redactor
        self.clock = clock
        state = Mutex(State(executables: RedactedNames(redactor: redactor)))
    }

    /// What an observer said when it first refused an event; `nil` while all is well.
    package var failure: String? { state.withLock { $0.failure } }

    /// Emits an event; it is on record when the call returns.
    package func emit(_ event: RunEvent) throws {
        let redacted = redact(event)
        try state.withLock { state in try emit(redacted, &state) }
    }

    /// What emits the accesses to a file, for the filesystem, which calls it before it answers.
    func recorder(of file: AccessedFile) -> AccessRecorder {
        var reader = file.reader
        // It may come of a param, and the param of a result.
        reader.mountPath = redactor.redact(reader.mountPath)
        let secret = AccessedSecret(
            taskRun: reader.taskRun,
            step: reader.step,
            volume: reader.volume,
            path: reader.visiblePath(of: file.path),
            object: file.object,
            version: file.version,
            storeVersion: file.storeVersion,
            requestID: file.requestID,
            fingerprint: file.fingerprint
        )
        return { [self] access in try emit(access, to: secret) }
    }

    private func emit(_ access: SecretAccess, to secret: AccessedSecret) throws {
        try state.withLock { state in
            let event = RunEvent.SecretAccessed(
                access.kind == .open ? .open : .read,
                to: secret,
                pid: access.pid,
                uid: access.uid,
                executable: state.executables.redacted(access.executable)
            )
            state.sequence += 1
            let line = secret.line(
                event.access,
                by: event.pid,
                of: event.uid,
                executable: event.executable,
                sequence: state.sequence,
                time: state.clockText.microseconds(of: clock.now())
            )
            let hadFailed = state.failure != nil
            do {
                try hand(.secretAccessed(event), line, &state)
            } catch {
                // The step only sees an input/output error, and may go on.
                if !hadFailed { try? emit(.noted("no more secrets can be read: \(error)"), &state) }
                throw error
            }
        }
    }

    private func emit(_ event: RunEvent, _ state: inout State) throws {
        state.sequence += 1
        let line = event.line(sequence: state.sequence, time: clock.now().microseconds)
        try hand(event, line, &state)
    }

    private func hand(_ event: RunEvent, _ line: JSONLine, _ state: inout State) throws {
        for (index, observer) in observers.enumerated() {
            do {
                try observer.observe(event, line: line)
            } catch {
                // What did not come onto the record leaves no gap in it.
                if index == 0 { state.sequence -= 1 }
                state.failure = state.failure ?? "\(error)"
                throw error
            }
        }
    }

    /// Texts are redacted; names, kinds, reasons and times never change.
    private func redact(_ event: RunEvent) -> RunEvent {
        switch event {
        case .secretAccessed:
            preconditionFailure("an access is emitted by the recorder of its file")
        case .taskRunFinished(let name, let status, let reason, let message):
            return .taskRunFinished(
                name: name,
                status: status,
                reason: reason,
                message: redactor.redact(message)
            )
        case .pipelineRunFinished(let name, let status, let reason, let message):
            return .pipelineRunFinished(
                name: name,
                status: status,
                reason: reason,
                message: redactor.redact(message)
            )
        case .noted(let text): return .noted(redactor.redact(text))
        case .runStarted(var run):
            run.files = run.files.map { redactor.redact($0) }
            return .runStarted(run)
        case .stepStarted(let taskRun, let step, let image):
            return .stepStarted(taskRun: taskRun, step: step, image: redactor.redact(image))
        case .secretsFetched, .secretsRotated, .taskRunStarted, .stepFinished, .pipelineRunStarted,
            .taskSkipped, .runFinished:
            return event
        }
    }
}
