// SPDX-License-Identifier: Apache-2.0
package import Diagnostics
import YAML

extension Manifest {
    /// Where the field of that path stands, or the nearest field around it that is written down.
    ///
    /// `path` is Tekton's (`spec.steps[0].script`, `spec.params[name].type`); an index that is no number
    /// names the element with that `name`. The place is that of a scalar's value, and of the key where
    /// the value is a mapping or sequence.
    package func location(ofField path: String) -> SourceLocation {
        FieldPath(path).location(in: node)
    }
}
