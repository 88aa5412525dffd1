// SPDX-License-Identifier: Apache-2.0
internal import CLinux
internal import Glibc

/// The attributes and file actions of one posix_spawn(3), and its C strings; freed on release.
@safe struct SpawnRequest: ~Copyable {
    private var attributes = posix_spawnattr_t()
    private var actions = unsafe posix_spawn_file_actions_t()
    private var arguments: [UnsafeMutablePointer<CChar>?]
    private var environment: [UnsafeMutablePointer<CChar>?]?

    /// - Parameters:
    ///   - arguments: the program and what it is given; not empty.
    ///   - environment: every `NAME=value`; `nil` hands this process's own on.
    ///   - leadsGroup: whether the child leads a process group of its own.
    init(_ arguments: [String], environment: [String]?, leadsGroup: Bool) {
        precondition(!arguments.isEmpty, "a process has a program to run")
        unsafe self.arguments = unsafe arguments.map { unsafe strdup($0) } + [nil]
        unsafe self.environment = unsafe environment.map {
            unsafe $0.map { unsafe strdup($0) } + [nil]
        }
        unsafe posix_spawnattr_init(&attributes)
        unsafe posix_spawn_file_actions_init(&actions)
        var defaults = sigset_t()
        var blocked = sigset_t()
        unsafe sigfillset(&defaults)
        unsafe sigemptyset(&blocked)
        unsafe posix_spawnattr_setsigdefault(&attributes, &defaults)
        unsafe posix_spawnattr_setsigmask(&attributes, &blocked)
        let group = leadsGroup ? POSIX_SPAWN_SETPGROUP : 0
        unsafe posix_spawnattr_setflags(
            &attributes,
            Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | group)
        )
    }

    deinit {
        unsafe arguments.forEach { unsafe free($0) }
        unsafe environment?.forEach { unsafe free($0) }
        var attributes = attributes
        var actions = unsafe actions
        unsafe posix_spawnattr_destroy(&attributes)
        unsafe posix_spawn_file_actions_destroy(&actions)
    }

    /// Makes `source` the child's descriptor `stream`; /dev/null where it is `nil`.
    mutating func connect(_ stream: CInt, to source: CInt?) {
        if let source {
            unsafe posix_spawn_file_actions_adddup2(&actions, source, stream)
        } else {
            unsafe posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_RDWR, 0)
        }
    }

    /// Starts the child; its process id.
    mutating func spawn() throws(SystemError) -> pid_t {
        var child: pid_t = 0
        // Whatever was opened without close-on-exec, by whom ever.
        unsafe clinux_close_spawned(&actions, 3)
        let program = unsafe arguments[0].map { unsafe String(cString: $0) } ?? ""
        let code: CInt
        if var environment = unsafe environment {
            code = unsafe posix_spawnp(
                &child,
                program,
                &actions,
                &attributes,
                arguments,
                &environment
            )
        } else {
            code = unsafe posix_spawnp(
                &child,
                program,
                &actions,
                &attributes,
                arguments,
                clinux_environment()
            )
        }
        if code != 0 { throw SystemError("posix_spawn", on: program, Errno(rawValue: code)) }
        return child
    }
}
