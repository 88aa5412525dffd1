// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import HTTP

/// Where the objects of a class are asked for, and as whom: what the class says, as far as the user's
/// configuration allows it.
struct VaultTarget: Hashable, Sendable {
    /// As the class has it.
    var address: StoreAddress
    /// Where requests go: scheme, the name that the certificate must have, port.
    var base: String
    var server: HTTPServer
    /// Empty for the root.
    var namespace: String
    /// `namespace/name` of the service account.
    var account: String
    var identity: StoreIdentity
    /// Where the login method is mounted; empty for `token`.
    var mount: String

    /// Where and how the endpoint's rule says; `nil` when its `url` is none.
    init?(
        _ address: StoreAddress,
        _ endpoint: EndpointRule,
        _ identity: StoreIdentity,
        namespace: String,
        account: String,
        mount: String
    ) {
        guard let url = StoreAddress(endpoint.url) else { return nil }
        server = HTTPServer()
        base = url.text
        if let name = endpoint.serverName {
            base = "\(url.scheme)://\(name):\(url.port)"
            server.connectsTo = "\(url.host):\(url.port)"
        }
        // What stays on this host passes no proxy, whatever the environment forgets to say.
        if url.isLoopback { server.proxy = .none }
        server.authorityFile = endpoint.authorityFile
        server.certificateFile = identity.options["certificateFile"] ?? endpoint.certificateFile
        server.keyFile = identity.options["keyFile"] ?? endpoint.keyFile
        self.address = address
        self.identity = identity
        self.namespace = namespace
        self.account = account
        self.mount = mount
    }

    /// What messages call the store.
    var title: String { "vault at \(address.text)" }
}

/// Finds a class's target.
struct VaultTargetResolver {
    let access: StoreAccess
    let request: SecretRequest
    private let parameters: VaultParameters

    init(_ request: SecretRequest, _ access: StoreAccess) {
        self.access = access
        self.request = request
        parameters = VaultParameters(secretClass: request.secretClass)
    }

    private var account: String { "\(request.namespace)/\(request.serviceAccount)" }

    /// - Throws: one failure for each thing that the configuration does not allow or does not know.
    func resolve() throws(SecretStoreError) -> VaultTarget {
        let address = try address()
        let identity = try identity(at: address)
        let endpoint = access.endpoint(for: address)
        let refusals = refusals(address, identity, endpoint)
        if !refusals.isEmpty {
            throw SecretStoreError(store: "vault at \(address.text)", failures: refusals)
        }
        let target = VaultTarget(
            address,
            endpoint,
            identity,
            namespace: (parameters["Namespace"]?.text ?? "").trimmingSlashes,
            account: account,
            mount: mount(of: identity)
        )
        if let target { return target }
        throw failure(
            store: "vault at \(address.text)",
            at: nil,
            "`\(endpoint.url)` is no address to reach it at",
            "write `https://HOST[:PORT]` as the endpoint's `url`"
        )
    }

    private func address() throws(SecretStoreError) -> StoreAddress {
        let isOpenBao = request.secretClass.provider == SecretProvider.openbao.rawValue
        let variables = isOpenBao ? ["BAO_ADDR", "VAULT_ADDR"] : ["VAULT_ADDR"]
        let given = parameters["Address"]
        let text =
            given?.text
            ?? variables.lazy.compactMap { access.environment[$0] }.first { !$0.isEmpty }
            ?? "https://127.0.0.1:8200"
        if let address = StoreAddress(text) { return address }
        throw failure(
            store: request.secretClass.provider,
            at: given?.location,
            "`\(text)` is no address of a store",
            "write `https://HOST[:PORT]`, without a path"
        )
    }

    private func identity(at address: StoreAddress) throws(SecretStoreError) -> StoreIdentity {
        let found = access.identity(
            namespace: request.namespace,
            serviceAccount: request.serviceAccount,
            for: .vault
        )
        if let found { return found }
        throw failure(
            store: "vault at \(address.text)",
            at: nil,
            "service account `\(account)` has no identity for this store",
            "give it one in your configuration: `identities: {\(account): {vault: {endpoints: "
                + "[\"\(address.text)\"], method: ...}}}`, run as another account with `-s`, or "
                + "use the embedded store with `--store local`"
        )
    }

    /// What the class asks for that only the user's configuration may say.
    private func refusals(
        _ address: StoreAddress,
        _ identity: StoreIdentity,
        _ endpoint: EndpointRule
    ) -> [SecretStoreError.Failure] {
        var refusals: [SecretStoreError.Failure] = []
        let refuse = { (place: VaultParameters.Parameter?, message: String, remedy: String) in
            refusals.append(
                SecretStoreError.Failure(
                    at: place?.location ?? request.secretClass.location,
                    message,
                    remedy: remedy
                )
            )
        }
        if !identity.endpoints.contains(where: { StoreAddress($0) == address }) {
            refuse(
                parameters["Address"],
                "the identity of `\(account)` does not go to `\(address.text)`: it goes to "
                    + identity.endpoints.quotedList + " only",
                "if that store is yours, list it under the identity's `endpoints`"
            )
        }
        if let skipped = parameters.skipsVerification {
            refuse(
                skipped,
                "`\(skipped.name)` would send the identity of `\(account)` to whoever answers",
                "leave it out; `endpoints: {\"\(address.text)\": {caFile: PATH}}` in your "
                    + "configuration says whom to trust"
            )
        }
        let paths = [
            ("CACertPath", "caFile", endpoint.authorityFile),
            ("CADirectory", "caFile", endpoint.authorityFile),
            ("TLSClientCertPath", "certificateFile", certificate(identity, endpoint)),
            ("TLSClientKeyPath", "keyFile", certificate(identity, endpoint)),
        ]
        for (name, key, configured) in paths where configured == nil {
            guard let place = parameters[name] else { continue }
            refuse(
                place,
                "`\(place.name)` names a file of the provider's own host; a class cannot name "
                    + "one of this host",
                "give it in your configuration: `endpoints: {\"\(address.text)\": {\(key): PATH}}`"
            )
        }
        if let place = parameters["TLSServerName"], place.text != serverName(endpoint) {
            refuse(
                place,
                "`\(place.name)` asks for another certificate than that of "
                    + "`\(serverName(endpoint))`",
                "give the name in your configuration: `endpoints: {\"\(address.text)\": "
                    + "{serverName: \(place.text)}}`"
            )
        }
        return refusals
    }

    private func certificate(_ identity: StoreIdentity, _ endpoint: EndpointRule) -> String? {
        endpoint.certificateFile ?? identity.options["certificateFile"]
    }

    private func serverName(_ endpoint: EndpointRule) -> String {
        endpoint.serverName ?? StoreAddress(endpoint.url)?.host ?? ""
    }

    /// The configuration's word comes first; a class may choose where its token is checked in the same store.
    private func mount(of identity: StoreIdentity) -> String {
        if identity.method == "token" { return "" }
        if let mount = identity.options["mount"] { return mount.trimmingSlashes }
        if identity.method == "kubernetes" || identity.method == "jwt",
            let mount = parameters.mount
        {
            return mount.text.trimmingSlashes
        }
        return identity.method
    }

    private func failure(
        store: String,
        at location: SourceLocation?,
        _ message: String,
        _ remedy: String
    ) -> SecretStoreError {
        SecretStoreError(
            store: store,
            failures: [
                SecretStoreError.Failure(
                    at: location ?? request.secretClass.location,
                    message,
                    remedy: remedy
                )
            ]
        )
    }
}

extension String {
    /// Without slashes at either end.
    var trimmingSlashes: String {
        var rest = self[...]
        while rest.hasPrefix("/") { rest.removeFirst() }
        while rest.hasSuffix("/") { rest.removeLast() }
        return String(rest)
    }
}
