// SPDX-License-Identifier: Apache-2.0
import Cryptography

/// Reading.
extension VaultStore {
    typealias Answer = Result<FetchedSecret, VaultFailure>

    /// Every distinct request once, in parallel; the files of an answer are made while others are awaited.
    ///
    /// - Returns: what each object came to, in their order.
    func read(
        _ objects: [VaultStoreObject],
        with session: VaultSession,
        _ request: SecretRequest
    ) async -> [Answer] {
        await withTaskGroup(of: (VaultRead, Result<VaultReply, VaultFailure>).self) { group in
            var places: [VaultRead: [Int]] = [:]
            for (place, object) in objects.enumerated() {
                places[object.read, default: []].append(place)
            }
            for read in places.keys {
                group.addTask {
                    do throws(VaultFailure) {
                        return (read, .success(try await session.read(read)))
                    } catch {
                        return (read, .failure(error))
                    }
                }
            }
            var answers: [Int: Answer] = [:]
            for await (read, reply) in group {
                for place in places[read] ?? [] {
                    do throws(VaultFailure) {
                        let file = try self.file(objects[place], try reply.get(), session)
                        request.arrived(file.version)
                        answers[place] = .success(file)
                    } catch {
                        answers[place] = .failure(error)
                    }
                }
            }
            return objects.indices.map { place in
                guard let answer = answers[place] else {
                    preconditionFailure("every object's request has an answer")
                }
                return answer
            }
        }
    }

    func files(
        _ objects: [VaultStoreObject],
        _ answers: [Answer],
        _ target: VaultTarget
    ) throws(SecretStoreError) -> [FetchedSecret] {
        var files: [FetchedSecret] = []
        var error = SecretStoreError(store: target.title, failures: [])
        for (object, answer) in zip(objects, answers) {
            switch answer {
            case .success(let file): files.append(file)
            case .failure(let failure):
                if failure.isOfStore { error.isOutage = true }
                error.failures.append(
                    SecretStoreError.Failure(
                        object: object.object.name,
                        at: object.object.location,
                        failure.message,
                        remedy: failure.remedy
                    )
                )
            }
        }
        if error.failures.isEmpty { return files }
        throw error
    }

    private func file(
        _ object: VaultStoreObject,
        _ reply: VaultReply,
        _ session: VaultSession
    ) throws(VaultFailure) -> FetchedSecret {
        let value = VaultValue(object: object.source, reply: reply)
        do {
            let version = try versions.version(
                VersionMemory.Key(target: session.client.target, object: object.object),
                blank: object.source.secretKey.isEmpty ? value.content(isBlank: true) : nil,
                content: value.content(),
                storeVersion: value.storeVersion,
                requestID: reply.requestID,
                auditKey: surroundings.auditKey
            )
            return FetchedSecret(
                path: object.object.fileName,
                mode: object.object.mode,
                version: version,
                lifetime: session.lifetime(of: object.read)
            )
        } catch let failure as VaultFailure {
            throw failure
        } catch {
            throw VaultFailure(status: reply.status, "\(error)")
        }
    }
}

extension Result where Success == FetchedSecret, Failure == VaultFailure {
    /// Whether the store's answer is that the token may not; it may also not know the token any more.
    var isRefused: Bool {
        if case .failure(let failure) = self { failure.status == 403 } else { false }
    }
}
