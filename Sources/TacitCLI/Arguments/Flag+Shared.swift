// SPDX-License-Identifier: Apache-2.0

// Flags that several commands share; those of one command stand beside it.
extension Flag {
    package static let namespace = Flag(
        "namespace",
        "n",
        value: "NAMESPACE",
        summary: "the namespace to run in, whatever the documents say"
    )
    package static let store = Flag(
        "store",
        value: "STORE",
        choices: ["local"],
        summary: "serve every class from the embedded store, whatever its provider"
    )
    package static let api = Flag(
        "api",
        value: "LEVEL",
        choices: ["stable", "beta", "alpha"],
        summary: "which of Tekton's optional fields are allowed, as enable-api-fields; default beta"
    )
}
