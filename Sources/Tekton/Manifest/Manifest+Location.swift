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
        FieldPath(path).place(in: node).location
    }

    /// Where `text` stands within the scalar of that path; where the field stands when it has no such text.
    ///
    /// For an object with a `value`, such as a variable, that is looked at.
    func location(of text: String, inField path: String) -> SourceLocation {
        var place = FieldPath(path).place(in: node)
        if let value = place.node.entry(named: "value")?.value { place.node = value }
        guard case .scalar(let scalar) = place.node.content,
            let offset = scalar.location(of: text, from: place.node.location)
        else { return place.location }
        return offset
    }
}
