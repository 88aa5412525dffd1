// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import Redaction

/// Redacts an object before it is encoded: every string leaf but those that the API itself makes.
///
/// Kinds, names, uids, reasons and times never change; the API's keys neither. Below a user's own data (a param's
/// value, labels, annotations) every leaf is redacted, whatever its key is called, and the keys are too.
struct ObjectRedaction {
    var redactor: Redactor

    private static let kept: Set<String> = [
        "apiVersion", "kind", "name", "generateName", "namespace", "uid", "type", "status",
        "reason",
        "terminationReason", "container", "podName", "startTime", "completionTime", "startedAt",
        "finishedAt", "lastTransitionTime", "creationTimestamp",
    ]
    private static let userData: Set<String> = [
        "value", "values", "default", "labels", "annotations", "volumeAttributes", "data",
    ]

    func redact(_ object: JSONValue) -> JSONValue {
        redact(object, isUserData: false)
    }

    private func redact(_ value: JSONValue, isUserData: Bool) -> JSONValue {
        switch value {
        case .string(let text): return .string(redactor.redact(text))
        case .array(let elements):
            return .array(elements.map { redact($0, isUserData: isUserData) })
        case .object(let members):
            var redacted: [String: JSONValue] = [:]
            for (key, member) in members {
                if !isUserData, ObjectRedaction.kept.contains(key), member.string != nil {
                    redacted[key] = member
                } else {
                    let within = isUserData || ObjectRedaction.userData.contains(key)
                    // A key of the user's own data is a step's text like any other.
                    let name = isUserData ? redactor.redact(key) : key
                    redacted[name] = redact(member, isUserData: within)
                }
            }
            return .object(redacted)
        case .null, .bool, .number: return value
        }
    }

    /// The object without the names that it has from its files: whoever wrote a secret's value there as the name
    /// of a variable has told it, and names never change.
    ///
    /// Names of a step's making, as of artifacts, stay.
    func withoutNamesOfFiles(_ object: JSONValue) -> JSONValue {
        var names: Set<String> = []
        let status = object["status"]
        for source in [
            object["metadata"], object["spec"], status?["taskSpec"], status?["pipelineSpec"],
        ] {
            if let source { collectNames(source, into: &names) }
        }
        return strip(names, from: object)
    }

    private func collectNames(_ value: JSONValue, into names: inout Set<String>) {
        switch value {
        case .array(let elements): for element in elements { collectNames(element, into: &names) }
        case .object(let members):
            for (key, member) in members where !ObjectRedaction.userData.contains(key) {
                if ObjectRedaction.kept.contains(key), let text = member.string {
                    names.insert(text)
                } else {
                    collectNames(member, into: &names)
                }
            }
        case .string, .null, .bool, .number: break
        }
    }

    private func strip(_ names: Set<String>, from value: JSONValue) -> JSONValue {
        switch value {
        case .array(let elements): return .array(elements.map { strip(names, from: $0) })
        case .object(let members):
            var rest: [String: JSONValue] = [:]
            for (key, member) in members {
                if ObjectRedaction.kept.contains(key), let text = member.string,
                    names.contains(text)
                {
                    continue
                }
                let isUserData = ObjectRedaction.userData.contains(key)
                rest[key] = isUserData ? member : strip(names, from: member)
            }
            return .object(rest)
        case .string, .null, .bool, .number: return value
        }
    }
}
