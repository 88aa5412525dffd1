// SPDX-License-Identifier: Apache-2.0
// The only C we write: what Glibc's Swift module cannot express, and the launcher, which must run
// between clone3(2) and execve(2) where no Swift may.
#pragma once

/// Names the calling thread; at most 15 bytes are kept. pthread_setname_np(3).
void clinux_name_thread(const char *name);

/// openat(2), close-on-exec. Here because its mode argument is variadic.
int clinux_openat(int directory, const char *path, int flags, unsigned int mode);

/// pipe2(2) with O_CLOEXEC on both ends. Here because Glibc declares it under _GNU_SOURCE only.
int clinux_pipe(int ends[2]);

/// getrandom(2) without flags: how many bytes were filled, or -1. Here because Glibc's module lacks it.
long clinux_random(void *bytes, long count);

/// How many processors this process may run on, by sched_getaffinity(2); 1 when that fails. Here because
/// Glibc declares it under _GNU_SOURCE only.
int clinux_processor_count(void);

/// openat2(2) with RESOLVE_BENEATH, RESOLVE_NO_SYMLINKS and RESOLVE_NO_MAGICLINKS, close-on-exec.
int clinux_open_beneath(int directory, const char *path, int flags, unsigned int mode);

/// Raises a pipe's capacity; fcntl(2) F_SETPIPE_SZ. The kernel may grant less; that is no failure.
void clinux_enlarge_pipe(int pipe, int byte_count);

/// Lets `clinux_wake` end a blocking call of the calling thread with EINTR.
int clinux_allow_wake(void);

/// Ends the blocking call that a living thread (a pthread_t) is in, if any, with EINTR.
void clinux_wake(unsigned long thread);

/// Makes a FUSE mount that is attached nowhere: nosuid, nodev, owned by root, open to every user, with the
/// kernel checking permissions. Returns the mount's descriptor, or -1. fsopen(2), fsmount(2).
int clinux_fuse_mount(int device, int read_only);

/// Attaches a mount to a directory. move_mount(2).
int clinux_attach_mount(int mount, const char *path);

/// The process that a thread belongs to; the thread's own id when it is gone.
int clinux_process_of_thread(int thread);

/// Where /proc/THREAD/exe points: the length, or -1. The text is not ended by a zero byte.
long clinux_executable(int thread, char *buffer, unsigned long size);

/// /proc/THREAD/comm without its newline: the length, or -1.
long clinux_command_name(int thread, char *buffer, unsigned long size);

/// pidfd_open(2): a descriptor (close-on-exec) that becomes readable when the process ends, or -1.
int clinux_pidfd_open(int pid);

/// This process's environment, environ(7). Here because Swift takes the variable for a data race.
char **clinux_environment(void);

/// posix_spawn_file_actions_addclosefrom_np(3): the child keeps no descriptor from `first` on. Here because
/// Glibc's module lacks it; `actions` is a posix_spawn_file_actions_t.
int clinux_close_spawned(void *actions, int first);

/// Consecutive ids of the host.
struct clinux_id_range {
    unsigned int first;
    unsigned int count;
};

/// What an ordinary user's namespace may map besides himself, who is its root. The tools are newuidmap(1) and
/// newgidmap(1) by absolute path, NULL where there are none or no ranges; the ranges become the ids from 1 on.
struct clinux_id_maps {
    const char *user_tool;
    const char *group_tool;
    struct clinux_id_range users;
    struct clinux_id_range groups;
};

/// Forks the launcher and gives the runner's end of its socket; returns the launcher's pid, or -1 with errno.
///
/// `follows_parent`: whether it is killed when the calling thread ends (PR_SET_PDEATHSIG); pass 0 from any
/// thread but the process's first. It also ends when the socket does. launcher.h says what the child may do.
/// `maps`: NULL for root, else it makes a user namespace.
int clinux_fork_launcher(int follows_parent, const struct clinux_id_maps *maps, int *descriptor);

/// Sends bytes, and descriptors with the first of them, without waiting: how many went, or -1 with errno.
long clinux_send(int socket, const void *bytes, unsigned long count, const int *descriptors, int descriptor_count);

/// One reply of the launcher. `descriptor` is -1 when none came with it.
struct clinux_reply {
    unsigned int kind;
    unsigned int id;
    unsigned int length;
    int descriptor;
    unsigned char body[1024];
};

/// Waits for one whole reply; 0 at the end of the socket.
int clinux_receive(int socket, struct clinux_reply *reply);

/// pidfd_send_signal(2). Here because Glibc has it from 2.36 on only, and its Swift module not at all.
int clinux_signal_process(int pidfd, int signal);

/// The key of type `user` with that description, in the keyrings of the process or its user; -1 when there
/// is none. request_key(2), keyctl(2).
int clinux_find_key(const char *description);

/// A key's content: how many bytes it has, of which no more than `count` were written, or -1. keyctl(2).
long clinux_read_key(int key, void *bytes, unsigned long count);

/// Whether the calling thread is the process's first. gettid(2), which Glibc's Swift module lacks.
int clinux_is_first_thread(void);

/// Copies what is left of an open file into another one: by sharing its blocks where the filesystem can
/// (FICLONE), else inside the kernel. 0, or -1 with errno.
int clinux_copy_file(int source, int target);

/// Whether an open file's filesystem changes the blocks of a file where they are, so that what has its place
/// needs no new room: ext2 to ext4, XFS and tmpfs. 0 or 1; -1 with errno. fstatfs(2)
int clinux_writes_in_place(int file);

/// Whether a program runs with more capabilities than who starts it; links are not followed. capabilities(7)
int clinux_has_capabilities(const char *path);

/// Makes a pseudoterminal of the size of the terminal `like`; close-on-exec, nobody's controlling terminal.
/// Returns its master and writes its slave to `slave`, or -1. ptmx(4), ioctl_tty(2).
int clinux_pseudoterminal(int *slave, int like);
