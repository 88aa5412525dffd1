// SPDX-License-Identifier: Apache-2.0

extension TaskSpec {
    /// Sets the types of parameters and results that are not written down.
    mutating func setDefaults() {
        for index in params.indices { params[index].setDefaults() }
        for index in results.indices { results[index].setDefaults() }
    }
}

extension TaskResultDeclaration {
    mutating func setDefaults() {
        type = type ?? (properties == nil ? .string : .object)
        properties?.setStringTypes()
    }
}

extension StepResultDeclaration {
    mutating func setDefaults() {
        type = type ?? (properties == nil ? .string : .object)
        properties?.setStringTypes()
    }
}

extension StepActionSpec {
    mutating func setDefaults() {
        for index in params.indices { params[index].setDefaults() }
        for index in results.indices { results[index].setDefaults() }
    }
}
