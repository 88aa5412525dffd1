// SPDX-License-Identifier: Apache-2.0

extension FieldErrors {
    static func + (left: FieldErrors, right: FieldErrors) -> FieldErrors {
        var errors = left
        errors += right
        return errors
    }
}
