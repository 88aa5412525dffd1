// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
package import Platform
package import Redaction
internal import SecretFS
package import Secrets
internal import Tekton

/// The secrets of a class as files for other programs of this host, refreshed and on record as in a run.
package final class SecretMount: Sendable {
    /// What is mounted, and for whom.
    package struct Subject: Sendable {
        package var secretClass: SecretProviderClass
        /// As whom the store is asked.
        package var serviceAccount: String
        /// Absolute.
        package var directory: String
        /// The users that may read, besides root.
        package var users: Set<UInt32>
        /// How often secrets are fetched again; `nil` for what the class says, zero for never.
        package var rotation: Duration?

        package init(
            secretClass: SecretProviderClass,
            serviceAccount: String,
            directory: String,
            users: Set<UInt32>,
            rotation: Duration?
        ) {
            self.secretClass = secretClass
            self.serviceAccount = serviceAccount
            self.directory = directory
            self.users = users
            self.rotation = rotation
        }
    }

    private let subject: Subject
    private let redactor: Redactor
    private let journal: RunJournal
    private let clock: WallClock
    private let filesystem: SecretFilesystem
    private let watch: SecretWatch

    package init(
        _ subject: Subject,
        redactor: Redactor,
        journal: RunJournal,
        auditKey: AuditKey,
        clock: WallClock = .system
    ) {
        self.subject = subject
        self.redactor = redactor
        self.journal = journal
        self.clock = clock
        let filesystem = SecretFilesystem(
            clock: clock,
            readers: subject.users.union([0]),
            recorder: { file in journal.recorder(of: file) }
        )
        self.filesystem = filesystem
        watch = SecretWatch(
            auditKey: auditKey,
            clock: clock,
            reports: SecretWatch.Reports(
                register: { version in redactor.register(version) },
                replace: { versions in filesystem.replace(with: versions) },
                // A refusal is kept by the journal; reads fail from then on.
                emit: { event, _ in try? journal.emit(event) }
            )
        )
    }

    /// Fetches every object of the class and makes the files ready; nothing is to be seen yet.
    ///
    /// - Returns: the paths of the files.
    /// - Throws: `RunFailure.store` with the store's refusal.
    package func prepare(from store: any SecretStore) async throws(RunFailure) -> [String] {
        let request = SecretRequest(
            secretClass: subject.secretClass,
            namespace: subject.secretClass.namespace,
            serviceAccount: subject.serviceAccount
        )
        let files: [FetchedSecret]
        do throws(SecretStoreError) {
            files = try await store.fetch(request)
        } catch {
            throw .store([error])
        }
        for file in files { redactor.register(file.version) }
        watch(files, request, store)
        do {
            try journal.emit(.secretsFetched(RunEvent.SecretsFetched(of: request, files)))
            try filesystem.publish(files.map(published), for: reader, at: "")
        } catch {
            throw RunFailure(error, stepHasRun: false)
        }
        return files.map(\.path)
    }

    /// Attaches the files to the directory, for every process of this mount namespace.
    ///
    /// - Throws: `SystemError` when the host does not allow it, or a failure of libfuse.
    package func attach() throws {
        let device = try FUSEMount.openDevice()
        let mount = try FUSEMount(on: device)
        do {
            try filesystem.serve(device)
            try mount.attach(to: subject.directory)
        } catch {
            filesystem.stop()
            throw error
        }
    }

    /// Asks the store again, in the background; ends when the task is cancelled.
    package func rotate() async { await watch.run() }

    /// Takes the files away and lets every value go.
    ///
    /// - Throws: `SystemError` when the mount cannot be taken off; nothing can be read of it any more.
    package func close() throws(SystemError) {
        defer { filesystem.stop() }
        try FUSEMount.detach(from: subject.directory)
    }

    private var reader: SecretReader {
        SecretReader(
            taskRun: "",
            step: "",
            volume: subject.secretClass.name,
            mountPath: subject.directory
        )
    }

    /// Where users are named, who may read is decided at the open, not by the file's mode.
    private func published(_ file: FetchedSecret) -> SecretFile {
        SecretFile(
            path: file.path,
            mode: subject.users.isEmpty ? file.mode : file.mode | 0o444,
            content: file.version
        )
    }

    private func watch(
        _ files: [FetchedSecret],
        _ request: SecretRequest,
        _ store: any SecretStore
    ) {
        let interval = subject.rotation ?? subject.secretClass.rotation?.duration
        watch.add(
            WatchedClass(
                request,
                store,
                interval: interval == .zero ? nil : interval,
                files: files,
                synced: SyncedSecrets(),
                at: clock.now().seconds
            ),
            for: SecretWatch.Key(
                namespace: request.namespace,
                className: request.secretClass.name,
                attributes: [:],
                identity: request.serviceAccount
            )
        )
    }
}
