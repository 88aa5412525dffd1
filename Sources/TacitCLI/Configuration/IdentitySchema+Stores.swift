// SPDX-License-Identifier: Apache-2.0
internal import Diagnostics
internal import Secrets
internal import YAML

extension IdentitySchema {
    /// Reads how an account proves itself to one store.
    ///
    /// `{method: M, OPTION: ...}`; `{M: {OPTION: ...}}`; `M` where it needs no options; and without a
    /// method where the options tell which it is (`{profile: ci}`). `endpoints` stands beside them.
    static func read(
        _ store: StoreIdentity.Store,
        _ node: YAMLNode,
        _ path: String,
        _ reader: inout ConfigurationReader
    ) -> StoreIdentity? {
        let methods = methods(of: store)
        var identity = StoreIdentity(store: store, method: "", endpoints: [], options: [:])
        if case .scalar = node.content {
            identity.method = reader.string(node, path) ?? ""
        } else {
            readOptions(node, path, methods, isNested: false, &identity, &reader)
        }
        return check(&identity, methods, node, path, &reader) ? identity : nil
    }

    private static func readOptions(
        _ node: YAMLNode,
        _ path: String,
        _ methods: [Method],
        isNested: Bool,
        _ identity: inout StoreIdentity,
        _ reader: inout ConfigurationReader
    ) {
        let options = Set(methods.flatMap(\.options)).sorted()
        let nested = isNested ? [] : methods.map(\.name).filter { !options.contains($0) }
        let known = (isNested ? [] : ["method", "endpoints"]) + options + nested
        for (name, value) in reader.mapping(node, path, known: known) {
            let place = "\(path).\(name)"
            if nested.contains(name) {
                identity.method = name
                readOptions(value, place, methods, isNested: true, &identity, &reader)
            } else if name == "method" {
                identity.method = reader.string(value, place) ?? ""
            } else if name == "endpoints" {
                identity.endpoints = reader.strings(value, place)
                for address in identity.endpoints where !isAddress(address) {
                    reader.report(value, place, "`\(address)` must be `https://HOST[:PORT]`")
                }
            } else {
                let isFile = name.hasSuffix("File")
                identity.options[name] =
                    isFile ? reader.path(value, place) : reader.string(value, place)
            }
        }
    }

    /// Finds the method where none is named, and checks that its options are there and no others.
    private static func check(
        _ identity: inout StoreIdentity,
        _ methods: [Method],
        _ node: YAMLNode,
        _ path: String,
        _ reader: inout ConfigurationReader
    ) -> Bool {
        let given = Set(identity.options.keys)
        if identity.method.isEmpty {
            let fitting = methods.filter { $0.fits(given) }
            identity.method = fitting.count == 1 ? fitting[0].name : ""
        }
        guard let method = methods.first(where: { $0.name == identity.method }) else {
            let names = methods.map(\.name)
            reader.report(
                node,
                path,
                "needs a `method`: " + names.joined(separator: ", "),
                hint: NearMiss.hint(for: identity.method, among: names)
            )
            return false
        }
        let before = reader.diagnostics.count
        for names in method.alternatives {
            let found = names.filter(given.contains)
            if found.isEmpty {
                reader.report(node, path, "method `\(method.name)` needs `\(names[0])`")
            } else if found.count > 1 {
                reader.report(node, path, "`\(found[0])` and `\(found[1])` exclude each other")
            }
        }
        for name in given.subtracting(method.options).sorted() {
            reader.report(node, path, "method `\(method.name)` takes no `\(name)`")
        }
        if identity.store == .vault, identity.endpoints.isEmpty {
            reader.report(
                node,
                path,
                "needs `endpoints`, the only addresses that the identity goes to"
            )
        }
        return reader.diagnostics.count == before
    }
}
