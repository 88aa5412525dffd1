// SPDX-License-Identifier: Apache-2.0
internal import CEL
internal import Tekton

extension [WhenExpression] {
    /// Whether all conditions hold, in which all references have been replaced.
    ///
    /// CEL is evaluated first, as in Tekton, up to the first expression that is false.
    ///
    /// - Throws: `CELError` where one is wrong, has no value, or is no boolean.
    func allHold() throws(CELError) -> Bool {
        for condition in self where !condition.cel.isEmpty {
            if try !CELProgram.allows(condition.cel, zones: HostTimeZones.zones) { return false }
        }
        return allSatisfy { condition in
            let isAmong = condition.values.contains(condition.input)
            return condition.operatorName == "in" ? isAmong : !isAmong
        }
    }
}
