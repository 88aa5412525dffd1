// SPDX-License-Identifier: Apache-2.0
internal import Secrets
internal import Tekton

extension RunEvent.SecretsFetched {
    /// What a store served for a class.
    init(of request: SecretRequest, _ files: [FetchedSecret]) {
        self.init(
            secretClass: request.secretClass.name,
            provider: request.secretClass.provider,
            objects: files.map { file in
                Object(
                    name: file.version.name,
                    version: file.version.storeVersion,
                    requestID: file.version.requestID,
                    fingerprint: file.version.fingerprint
                )
            }
        )
    }
}
