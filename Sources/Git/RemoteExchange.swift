// SPDX-License-Identifier: Apache-2.0
internal import CGit2

/// What the callbacks of one connection share: who may be told what, how far it is, what went wrong.
///
/// Thread rule: libgit2 calls back on the thread of the job, and no other touches it.
@safe final class RemoteExchange {
    let url: GitURL
    let access: GitAccess
    let operation: GitOperation
    /// Set for a fetch of limited depth over http.
    var shallow: ShallowNegotiation?
    /// What the server says it can do; known once the references are.
    private(set) var capabilities: Set<Substring> = []
    /// Our own reason behind an error that libgit2 reports as its caller's.
    private(set) var failure: GitError?
    private var http: SmartHTTP?
    private var advertisement: [UInt8] = []
    private var credentialRequests = 0
    /// What libgit2 signs with, where it is not libssh2 that does.
    private var signer: SSHSigner?
    private let home: SSHHome?

    init(_ url: GitURL, _ access: GitAccess, _ operation: GitOperation) {
        self.url = url
        self.access = access
        self.operation = operation
        home = url.scheme == .ssh ? SSHHome(url, access.knownHosts) : nil
    }

    func connection() throws(GitError) -> SmartHTTP {
        if let http { return http }
        let made = try SmartHTTP(url, access, operation)
        http = made
        return made
    }

    /// Keeps the reason, and tells libgit2 to stop.
    func fail(_ error: GitError) -> CInt {
        if failure == nil { failure = error }
        return GIT_EUSER.rawValue
    }

    /// Reads the capabilities behind the NUL of the first reference.
    func noteCapabilities(_ piece: UnsafeRawBufferPointer) {
        guard capabilities.isEmpty, advertisement.count < 16384 else { return }
        unsafe advertisement += piece
        guard let nul = advertisement.firstIndex(of: 0),
            let end = advertisement[nul...].firstIndex(of: UInt8(ascii: "\n"))
        else { return }
        let words = String(decoding: advertisement[(nul + 1)..<end], as: UTF8.self)
        capabilities = Set(words.split(separator: " "))
    }

    /// The callbacks of a connection, with this exchange as their payload.
    func callbacks() throws(GitError) -> git_remote_callbacks {
        var callbacks = unsafe git_remote_callbacks()
        let code = unsafe cgit2_remote_init_callbacks(
            &callbacks,
            UInt32(GIT_REMOTE_CALLBACKS_VERSION)
        )
        try LibraryCheck.succeeded(code, "git_remote_init_callbacks", on: "\(url)")
        unsafe callbacks.payload = Unmanaged.passUnretained(self).toOpaque()
        if url.scheme == .https || url.scheme == .http {
            unsafe callbacks.transport = HTTPTransport.make
        }
        unsafe callbacks.credentials = { out, _, user, allowed, payload in
            guard let exchange = unsafe RemoteExchange.object(payload) else { return -1 }
            return unsafe exchange.acquire(out, user, allowed)
        }
        unsafe callbacks.certificate_check = { certificate, _, host, payload in
            guard let exchange = unsafe RemoteExchange.object(payload) else { return -1 }
            return unsafe exchange.checkHostKey(certificate, host)
        }
        unsafe callbacks.transfer_progress = { progress, payload in
            guard let exchange = unsafe RemoteExchange.object(payload),
                let progress = unsafe progress?.pointee
            else { return -1 }
            return exchange.advance(progress)
        }
        unsafe callbacks.sideband_progress = { _, _, payload in
            guard let exchange = unsafe RemoteExchange.object(payload) else { return -1 }
            return exchange.mayGoOn()
        }
        return unsafe callbacks
    }

    private static func object(_ payload: UnsafeMutableRawPointer?) -> RemoteExchange? {
        guard let payload = unsafe payload else { return nil }
        return unsafe Unmanaged<RemoteExchange>.fromOpaque(payload).takeUnretainedValue()
    }

    private func mayGoOn() -> CInt {
        if let reason = operation.reasonToStop("\(url)") { return fail(reason) }
        return 0
    }

    private func advance(_ progress: git_indexer_progress) -> CInt {
        let isReceiving = progress.received_objects < progress.total_objects
        operation.tell(
            GitProgress(
                phase: isReceiving ? .receiving : .resolving,
                done: Int(isReceiving ? progress.received_objects : progress.indexed_deltas),
                total: Int(isReceiving ? progress.total_objects : progress.total_deltas),
                byteCount: Int(progress.received_bytes)
            )
        )
        return mayGoOn()
    }
}

// MARK: - ssh

extension RemoteExchange {
    /// Hands the key for this server to libssh2.
    private func acquire(
        _ out: UnsafeMutablePointer<UnsafeMutablePointer<git_credential>?>?,
        _ user: UnsafePointer<CChar>?,
        _ allowed: UInt32
    ) -> CInt {
        let name = unsafe user.map { unsafe String(cString: $0) } ?? url.user ?? "git"
        if allowed & GIT_CREDENTIAL_USERNAME.rawValue != 0 {
            return unsafe cgit2_credential_username_new(out, name)
        }
        credentialRequests += 1
        // An RSA key is tried with SHA-256 first, then as libssh2 has it.
        guard credentialRequests == 1 || credentialRequests == 2 && signer != nil else {
            let hint = signer == nil ? "" : "; an ed25519 key is what every server takes"
            return fail(
                GitError(
                    "fetch",
                    on: "\(url)",
                    .accessDenied,
                    "the server does not accept the credential it was given\(hint)"
                )
            )
        }
        switch access.credential(for: url) {
        case .key(let key, let passphrase)
        where allowed & GIT_CREDENTIAL_SSH_MEMORY.rawValue != 0:
            if credentialRequests == 1, allowed & GIT_CREDENTIAL_SSH_CUSTOM.rawValue != 0 {
                signer = SSHSigner(key, passphrase: passphrase)
                if let signer { return unsafe signer.makeCredential(out, user: name) }
            }
            return unsafe key.withCString { key in
                guard let passphrase else {
                    return unsafe cgit2_credential_ssh_key_memory_new(out, name, nil, key, nil)
                }
                return unsafe passphrase.withCString {
                    unsafe cgit2_credential_ssh_key_memory_new(out, name, nil, key, $0)
                }
            }
        case .password(_, let password)
        where allowed & GIT_CREDENTIAL_USERPASS_PLAINTEXT.rawValue != 0:
            return unsafe password.withCString {
                unsafe cgit2_credential_userpass_plaintext_new(out, name, $0)
            }
        default:
            return fail(
                GitError(
                    "fetch",
                    on: "\(url)",
                    .accessDenied,
                    "the server wants a credential, and there is none for it"
                )
            )
        }
    }

    /// Accepts an ssh server only when its key is known.
    private func checkHostKey(
        _ certificate: UnsafeMutablePointer<git_cert>?,
        _ host: UnsafePointer<CChar>?
    ) -> CInt {
        guard let certificate = unsafe certificate,
            unsafe certificate.pointee.cert_type == GIT_CERT_HOSTKEY_LIBSSH2
        else {
            return fail(GitError("fetch", on: "\(url)", .notTrusted, "it shows no host key"))
        }
        return unsafe certificate.withMemoryRebound(to: git_cert_hostkey.self, capacity: 1) {
            let shown = unsafe $0.pointee
            guard unsafe shown.type.rawValue & GIT_CERT_SSH_RAW.rawValue != 0,
                let start = unsafe shown.hostkey
            else {
                return fail(GitError("fetch", on: "\(url)", .notTrusted, "it shows no host key"))
            }
            let key = unsafe Array(UnsafeRawBufferPointer(start: start, count: shown.hostkey_len))
            if let reason = access.knownHosts.objection(
                to: key,
                host: url.host,
                port: url.effectivePort
            ) {
                return fail(GitError("fetch", on: "\(url)", .notTrusted, reason))
            }
            return 0
        }
    }
}
