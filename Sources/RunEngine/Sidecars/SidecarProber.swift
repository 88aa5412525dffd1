// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import Platform
internal import Sandbox
internal import Synchronization
internal import Tekton

/// Waits until a sidecar is ready, by its probes.
struct SidecarProber {
    var runner: StepRunner
    var sidecar: RunningSidecar

    /// How often a readiness probe is asked at most; the kubelet asks once every `periodSeconds`.
    private static let readinessPeriod = Duration.milliseconds(500)

    /// Returns when the sidecar is ready, has ended, or the calling task is cancelled.
    ///
    /// One whose startup probe fails too often is killed, which is a failure of its own.
    func waitUntilReady() async {
        if let probe = probe(sidecar.definition.startupProbe) {
            if await !isMet(probe, every: probe.period, failureLimit: probe.failureThreshold) {
                if !Task.isCancelled { await sidecar.kill() }
                return
            }
        }
        if let probe = probe(sidecar.definition.readinessProbe) {
            let period = min(probe.period, SidecarProber.readinessPeriod)
            _ = await isMet(probe, every: period, failureLimit: nil)
        }
    }

    /// Planning has refused what cannot be probed.
    private func probe(_ definition: JSONValue?) -> SidecarProbe? {
        definition.flatMap { try? SidecarProbe($0, ports: sidecar.definition.ports) }
    }

    /// Asks until the probe succeeds as often as it must, or fails `failureLimit` times in a row.
    private func isMet(
        _ probe: SidecarProbe,
        every period: Duration,
        failureLimit: Int?
    ) async -> Bool {
        var (successes, failures) = (0, 0)
        try? await Task.sleep(for: probe.initialDelay)
        while !Task.isCancelled, !sidecar.hasEnded {
            if await succeeds(probe) {
                successes += 1
                failures = 0
                if successes >= probe.successThreshold { return true }
            } else {
                successes = 0
                failures += 1
                if let failureLimit, failures >= failureLimit { return false }
            }
            try? await Task.sleep(for: period)
        }
        return false
    }

    private func succeeds(_ probe: SidecarProbe) async -> Bool {
        let milliseconds = CInt(clamping: probe.timeout.components.seconds * 1000)
        switch probe.action {
        case .command(let command):
            return await runner.succeeds(command, in: sidecar.world, within: probe.timeout)
        case .connection(let port):
            guard let socket = try? await openSocket() else { return false }
            let isReady = try? await SystemThread.run("probe") {
                guard let socket = socket.take() else { return false }
                return PortProbe.accepts(socket, port: port, milliseconds: milliseconds)
            }
            return isReady ?? false
        case .httpGet(let port, let path, let headers):
            guard let socket = try? await openSocket() else { return false }
            let isReady = try? await SystemThread.run("probe") {
                guard let socket = socket.take() else { return false }
                return PortProbe.answers(
                    socket,
                    port: port,
                    path: path,
                    headers: headers,
                    milliseconds: milliseconds
                )
            }
            return isReady ?? false
        }
    }

    private func openSocket() async throws -> ProbeSocket {
        ProbeSocket(try await runner.tree.directory.openSocket())
    }
}

/// Carries a socket to the thread that uses it up.
private final class ProbeSocket: Sendable {
    private let socket: Mutex<FileDescriptor?>

    init(_ socket: consuming FileDescriptor) {
        self.socket = Mutex(socket)
    }

    func take() -> FileDescriptor? { socket.withLock { $0.take() } }
}
