// SPDX-License-Identifier: Apache-2.0
import Platform
import TestSupport

/// The material that tests may use but do not own: `$TACIT_SHARED`, or `shared` beside the checkout.
enum SharedFolder {
    static let classes: String? = {
        let shared = EnvironmentVariables.current["TACIT_SHARED"] ?? "\(Checkout.root)/../shared"
        let folder = "\(shared)/seeds/yaml"
        return FileStatus.isDirectory(folder) ? folder : nil
    }()
}
