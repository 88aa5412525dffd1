// SPDX-License-Identifier: Apache-2.0
import JSON

extension JSONValue {
    /// The object with one member changed; itself when there is no such member.
    func updating(_ name: String, with change: (JSONValue) -> JSONValue) -> JSONValue {
        guard case .object(var members) = self, let value = members[name] else { return self }
        members[name] = change(value)
        return .object(members)
    }

    /// The object with every element of a list member changed.
    func updatingEach(of name: String, with change: (JSONValue) -> JSONValue) -> JSONValue {
        updating(name) { value in
            if case .array(let elements) = value { .array(elements.map(change)) } else { value }
        }
    }

    /// The object with a member under another name.
    func renaming(_ name: String, to newName: String) -> JSONValue {
        guard case .object(var members) = self, let value = members.removeValue(forKey: name) else {
            return self
        }
        members[newName] = value
        return .object(members)
    }
}
