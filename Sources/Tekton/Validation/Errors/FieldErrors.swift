// SPDX-License-Identifier: Apache-2.0

/// What a validator has found, each problem with the path of the field that it concerns.
///
/// A validator speaks of its own fields; whoever calls it puts the path in front. An empty path is the
/// object that was validated itself.
///
/// Source: `FieldError` of knative.dev/pkg/apis, whose way of joining paths is kept so that paths come out
/// as Tekton prints them.
struct FieldErrors: Sendable {
    struct Problem: Sendable, Hashable {
        var message: String
        /// An explanation that follows the message; often empty.
        var details: String
        var path: String
        /// What to do about it, where something useful can be said.
        var hint: String?
        /// Where to point, when that is not what `path` says.
        var place: String?
        /// The part of the field's text that is wrong, to point right at it.
        var part: String?
    }

    private(set) var problems: [Problem] = []

    static let none = FieldErrors()

    init() {}

    init(
        _ message: String,
        at path: String = "",
        details: String = "",
        hint: String? = nil,
        part: String? = nil
    ) {
        var problem = Problem(
            message: message,
            details: details,
            path: Self.withoutEmptyParts(path)
        )
        problem.hint = hint
        problem.part = part
        problems = [problem]
    }

    /// The same problems, pointing elsewhere.
    func pointing(to place: String) -> FieldErrors {
        var errors = self
        for index in errors.problems.indices { errors.problems[index].place = place }
        return errors
    }

    /// One problem that concerns several fields, or their absence.
    init(_ message: String, at paths: [String], details: String = "") {
        problems = paths.map {
            Problem(message: message, details: details, path: Self.withoutEmptyParts($0))
        }
    }

    /// The same problems, each pointing to its path within another object.
    func pointing(within prefix: String) -> FieldErrors {
        var errors = self
        for index in errors.problems.indices {
            let problem = errors.problems[index]
            errors.problems[index].place = Self.join(prefix, problem.place ?? problem.path)
        }
        return errors
    }

    var isEmpty: Bool { problems.isEmpty }

    /// Adds problems, up to the bound: a file that is wrong everywhere need not be told so at each place.
    static func += (errors: inout FieldErrors, more: FieldErrors) {
        errors.problems += more.problems.prefix(max(0, problemLimit - errors.problems.count))
    }

    private static let problemLimit = 500
    /// Tekton repeats some parts once for every step of a task; a path longer than this is left as it is.
    private static let pathLimit = 1_000

    /// The same problems with a path put in front of theirs.
    func at(_ prefix: String) -> FieldErrors {
        var errors = self
        for index in errors.problems.indices {
            let problem = errors.problems[index]
            if problem.path.utf8.count > Self.pathLimit { continue }
            errors.problems[index].path = Self.join(prefix, problem.path)
            errors.problems[index].place = problem.place.map { Self.join(prefix, $0) }
        }
        return errors
    }

    func at(_ field: String, _ index: Int) -> FieldErrors { at("[\(index)]").at(field) }

    func at(_ index: Int) -> FieldErrors { at("[\(index)]") }

    func at(_ field: String, key: String) -> FieldErrors { at("[\(key)]").at(field) }

    /// Joins two paths with a point, except before an index, which follows directly.
    private static func join(_ prefix: String, _ path: String) -> String {
        let prefix = withoutEmptyParts(prefix)
        if path.isEmpty || prefix.isEmpty { return prefix + path }
        let first = path.utf8.prefix { $0 != UInt8(ascii: ".") }
        let isIndex = first.first == UInt8(ascii: "[") && first.last == UInt8(ascii: "]")
        return prefix + (isIndex ? "" : ".") + path
    }

    /// Names that users gave may hold points side by side, which make no parts.
    private static func withoutEmptyParts(_ path: String) -> String {
        let bytes = path.utf8
        let point = UInt8(ascii: ".")
        let hasEmpty =
            bytes.first == point || bytes.last == point
            || zip(bytes, bytes.dropFirst()).contains { $0 == point && $1 == point }
        return hasEmpty ? path.split(separator: ".").joined(separator: ".") : path
    }
}
