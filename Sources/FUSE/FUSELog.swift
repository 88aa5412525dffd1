// SPDX-License-Identifier: Apache-2.0
internal import CFUSE
internal import Glibc
internal import Synchronization

/// Keeps libfuse from printing, and its last words for the error that follows.
enum FUSELog {
    private struct Message {
        var text = ""
        /// Who made libfuse say it.
        var thread: pthread_t?
    }

    private static let last = Mutex(Message())

    private static let redirection: Void = unsafe fuse_set_log_func { _, format, arguments in
        guard let format = unsafe format, let arguments = unsafe arguments else { return }
        let message = unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 512) { text in
            unsafe vsnprintf(text.baseAddress, text.count, format, arguments)
            return unsafe text.baseAddress.map { unsafe String(cString: $0) } ?? ""
        }
        FUSELog.last.withLock { $0 = Message(text: message, thread: pthread_self()) }
    }

    /// Takes over what libfuse would print on standard error.
    static func redirect() { redirection }

    /// What libfuse said last on this thread, without its prefix and newline; empty when nothing.
    static func takeMessage() -> String {
        last.withLock { message in
            guard message.thread == pthread_self() else { return "" }
            defer { message = Message() }
            let line = message.text.split(separator: "\n").last.map(String.init) ?? ""
            return line.hasPrefix("fuse: ") ? String(line.dropFirst(6)) : line
        }
    }
}
