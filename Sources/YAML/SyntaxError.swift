// SPDX-License-Identifier: Apache-2.0
import Diagnostics

/// What ends the reading of a file: text that is no YAML, or more of it than the bounds allow.
struct SyntaxError: Error {
    let diagnostic: Diagnostic
}
