// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "CLinux.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

int clinux_pseudoterminal(int *slave, int like) {
    int master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (master < 0) return -1;
    int locked = 0;
    *slave = ioctl(master, TIOCSPTLCK, &locked) < 0
                 ? -1
                 : ioctl(master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (*slave < 0) {
        int code = errno;
        close(master);
        errno = code;
        return -1;
    }
    struct winsize size;
    if (ioctl(like, TIOCGWINSZ, &size) == 0) ioctl(master, TIOCSWINSZ, &size);
    return master;
}
