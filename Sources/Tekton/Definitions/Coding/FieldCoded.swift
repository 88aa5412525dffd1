// SPDX-License-Identifier: Apache-2.0
package import JSON

/// A struct of Tekton's or Kubernetes' API, read from and written to a JSON object.
///
/// As in the Go types, an absent string is empty and an absent list is an empty list; an optional
/// stands where Go has a pointer, so that "not given" differs from the zero value.
package protocol FieldCoded: Sendable, Hashable {
    /// Takes the fields that it knows and keeps the rest.
    ///
    /// The object has passed the schema of its kind, so every field has the right type.
    init(from fields: inout FieldReader)

    /// Writes every field as Go's `encoding/json` would, leaving out what is empty.
    func write(to fields: inout FieldWriter)
}

extension FieldCoded {
    /// Reads an object that has passed its schema; anything but an object reads as an empty one.
    package init(json: JSONValue) {
        var fields = FieldReader(json.object ?? [:])
        self.init(from: &fields)
    }

    /// The object as Tekton would store it.
    package var json: JSONValue {
        var fields = FieldWriter()
        write(to: &fields)
        return .object(fields.members)
    }
}
