// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL

/// The one place that turns a libcrypto return value into an error.
enum LibcryptoCheck {
    /// Passes when `code` is positive, which is how libcrypto says that a call worked.
    static func succeeded(_ code: CInt, _ operation: StaticString) throws(CryptographyError) {
        if code <= 0 { throw failure(operation) }
    }

    /// The calling thread's first queued error, whose queue is then emptied.
    static func failure(_ operation: StaticString) -> CryptographyError {
        let code = ERR_get_error()
        ERR_clear_error()
        guard code != 0 else {
            return .failed(operation: "\(operation)", message: "no reason given")
        }
        var text = [CChar](repeating: 0, count: 256)
        unsafe ERR_error_string_n(code, &text, text.count)
        let message = String(
            decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)),
            as: UTF8.self
        )
        return .failed(operation: "\(operation)", message: message)
    }
}
