// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing

/// A small program in C, compiled for a test: for calls that no command makes.
struct CProgram {
    private let directory: TemporaryDirectory
    var path: String { directory.path("program") }

    init(_ source: String) throws {
        directory = try TemporaryDirectory()
        try directory.write(source, to: "program.c")
        let command = ["cc", "-D_GNU_SOURCE", "-o", path, directory.path("program.c")]
        let outcome = try Command(command).run()
        try #require(outcome.exitCode == 0, "\(outcome)")
    }

    /// Maps its argument privately and writes the mapping out.
    ///
    /// With a second argument it first reads the first page, says `mapped` on standard error, and goes
    /// on when that file is there.
    static func mappingReader() throws -> CProgram {
        try CProgram(
            """
            #include <fcntl.h>
            #include <stdio.h>
            #include <sys/mman.h>
            #include <sys/stat.h>
            #include <unistd.h>

            int main(int count, char **arguments) {
                struct stat status;
                int file = open(arguments[1], O_RDONLY);
                if (file < 0 || fstat(file, &status) != 0) return 1;
                const char *bytes = mmap(NULL, status.st_size, PROT_READ, MAP_PRIVATE, file, 0);
                close(file);
                if (bytes == MAP_FAILED) return 2;
                if (count > 2) {
                    volatile char first = bytes[0];
                    (void)first;
                    fputs("mapped\\n", stderr);
                    while (access(arguments[2], F_OK) != 0) usleep(1000);
                }
                size_t size = status.st_size;
                return fwrite(bytes, 1, size, stdout) == size ? 0 : 3;
            }
            """
        )
    }

    /// Maps its argument without touching it, lets a child map and read it, and prints `cached` when the
    /// page is in the page cache while the child has it mapped, then `dropped` once it is there no more.
    static func cacheWatcher() throws -> CProgram {
        try CProgram(
            """
            #include <fcntl.h>
            #include <stdio.h>
            #include <sys/mman.h>
            #include <sys/wait.h>
            #include <unistd.h>

            static char *map(const char *path) {
                int file = open(path, O_RDONLY);
                char *bytes = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, file, 0);
                close(file);
                return bytes;
            }

            int main(int count, char **arguments) {
                unsigned char isResident = 0;
                int ends[2][2];
                if (count < 2 || pipe(ends[0]) != 0 || pipe(ends[1]) != 0) return 1;
                char *bytes = map(arguments[1]), byte;
                if (fork() == 0) {
                    volatile char first = *map(arguments[1]);
                    (void)first;
                    write(ends[0][1], "x", 1);
                    read(ends[1][0], &byte, 1);
                    return 0;
                }
                read(ends[0][0], &byte, 1);
                mincore(bytes, 4096, &isResident);
                if (isResident & 1) puts("cached");
                write(ends[1][1], "x", 1);
                wait(NULL);
                for (int turn = 0; turn < 2000 && isResident & 1; turn++) {
                    usleep(1000);
                    mincore(bytes, 4096, &isResident);
                }
                if (!(isResident & 1)) puts("dropped");
                return 0;
            }
            """
        )
    }

    /// Tries every call that changes a file or directory on its arguments, a file and a directory; prints
    /// the calls that were not refused with EROFS.
    static func modifier() throws -> CProgram {
        try CProgram(
            """
            #include <errno.h>
            #include <fcntl.h>
            #include <stdio.h>
            #include <sys/stat.h>
            #include <sys/xattr.h>
            #include <unistd.h>

            #define TRY(call) \\
                do { \\
                    errno = 0; \\
                    if ((call) != -1 || errno != EROFS) printf("%s: errno %d\\n", #call, errno); \\
                } while (0)

            int main(int count, char **arguments) {
                const char *file = arguments[1], *directory = arguments[count - 1];
                TRY(open(file, O_WRONLY));
                TRY(open(file, O_RDWR));
                TRY(open(file, O_RDONLY | O_TRUNC));
                TRY(open("new", O_RDONLY | O_CREAT, 0600));
                TRY(truncate(file, 0));
                TRY(chmod(file, 0600));
                TRY(chown(file, 1, 1));
                TRY(utimensat(AT_FDCWD, file, NULL, 0));
                TRY(setxattr(file, "user.x", "y", 1, 0));
                TRY(removexattr(file, "user.x"));
                TRY(unlink(file));
                TRY(rmdir(directory));
                TRY(rename(file, "new"));
                TRY(renameat2(AT_FDCWD, file, AT_FDCWD, directory, RENAME_EXCHANGE));
                TRY(link(file, "new"));
                TRY(symlink(file, "new"));
                TRY(mkdir("new", 0700));
                TRY(mknod("new", S_IFREG | 0600, 0));
                TRY(mkfifo("new", 0600));
                return 0;
            }
            """
        )
    }
}
