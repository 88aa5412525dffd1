// SPDX-License-Identifier: Apache-2.0
// The networks that tasks have to themselves: a namespace with its loopback interface, which all steps and
// sidecars of the task join, and for a private one slirp4netns(1) or pasta(1) as its way out. It translates what the steps
// send into calls of an ordinary process of the host, which nothing from outside can reach them by.
#include "launcher.h"
#include "mounts.h"
#include "networks.h"
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NETWORK_LIMIT = 256, READY_MILLISECONDS = 10000 };

static struct network networks[NETWORK_LIMIT];
static size_t network_count;

const struct network *network_of(uint32_t task) {
    for (size_t i = 0; i < network_count; i++)
        if (networks[i].task == task) return &networks[i];
    return NULL;
}

static int await_exit(pid_t process) {
    int status = 0;
    pid_t ended;
    do ended = waitpid(process, &status, 0);
    while (ended < 0 && errno == EINTR);
    return ended > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : EIO;
}

// In the new namespace, with the launcher's table of descriptors: leaves the namespace at `place`.
noreturn static void make_network(int place, bool is_private) {
    int own = open("/host/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
    if (own < 0) _exit(errno);
    int outcome = dup3(own, place, O_CLOEXEC) < 0 ? errno : 0;
    close(own);
    if (outcome == 0 && raise_loopback() < 0) outcome = failure.code;
    if (outcome == 0 && is_private && refuse_metadata_addresses() < 0) outcome = failure.code;
    _exit(outcome);
}

// Runs `flags` of clone(2) with the launcher's descriptors shared, so that the child can leave one there.
static pid_t clone_with_descriptors(unsigned long flags) {
    return (pid_t)syscall(SYS_clone, CLONE_FILES | SIGCHLD | flags, NULL, NULL, NULL, NULL);
}

static int open_place(void) {
    int place = fcntl(0, F_DUPFD_CLOEXEC, 3);
    return place < 0 ? fail("fcntl", "a network's descriptor") : place;
}

static int new_namespace(bool is_private) {
    int place = open_place();
    if (place < 0) return -1;
    pid_t child = clone_with_descriptors(CLONE_NEWNET);
    if (child == 0) make_network(place, is_private);
    int code = child < 0 ? errno : await_exit(child);
    if (code == 0) return place;
    close(place);
    return fail_with(code, "clone", "a network namespace");
}

struct translator {
    const char *name;
    const char *path; // of the host
};

// slirp4netns comes first, as it keeps no power over the host where root starts it.
static const struct translator translators[] = {
    {"slirp4netns", "/usr/bin/slirp4netns"}, {"slirp4netns", "/usr/local/bin/slirp4netns"},
    {"slirp4netns", "/bin/slirp4netns"}, {"pasta", "/usr/bin/pasta"},
    {"pasta", "/usr/local/bin/pasta"}, {"pasta", "/bin/pasta"},
};

static const struct translator *find_translator(void) {
    for (size_t i = 0; i < sizeof translators / sizeof *translators; i++) {
        char path[64] = "/host";
        if (access(strcat(path, translators[i].path), X_OK) == 0) return &translators[i];
    }
    fail_with(ENOENT, "execve", "slirp4netns");
    return NULL;
}

static const char *number_after(char *text, int number) {
    char digits[21];
    return strcat(text, decimal((uint64_t)number, digits));
}

static void execute_slirp(const char *path, int namespace, int ready, char **variables) {
    char network[64] = "/proc/self/fd/", flag[32] = "--ready-fd=";
    char *arguments[] = {
        "slirp4netns", "--configure", "--mtu=65520", "--disable-host-loopback", "--enable-sandbox",
        "--enable-seccomp", (char *)number_after(flag, ready), "--netns-type=path",
        (char *)number_after(network, namespace), "tap0", NULL};
    execve(path, arguments, variables);
}

// Has the same addresses as the other one, and like it no IPv6. It says that it is ready by writing its number.
// Newer versions close all that they are given but for the three first, whose third is the log.
static void execute_pasta(const char *path, int namespace, int ready, char **variables) {
    if (dup2(namespace, 0) < 0 || dup2(ready, 1) < 0) return;
    close(namespace);
    close(ready);
    char *arguments[] = {
        "pasta", "--foreground", "--quiet", "--stderr", "--ipv4-only", "--config-net", "--no-map-gw",
        "--tcp-ports", "none", "--udp-ports", "none", "--tcp-ns", "none", "--udp-ns", "none", "--ns-ifname", "tap0",
        "--address", "10.0.2.100", "--netmask", "24", "--gateway", "10.0.2.2", "--dns-forward", "10.0.2.3",
        "--runas", "0:0", "--pid", "/proc/self/fd/1", "--netns-only", "--no-netns-quit", "--netns", "/proc/self/fd/0",
        NULL};
    execve(path, arguments, variables);
}

// The launcher's root is its own, so the host's must be the program's. It finds the namespace by its number.
noreturn static void become_translator(const struct translator *translator, int namespace, int ready, int log) {
    char *variables[] = {"PATH=/usr/sbin:/usr/bin:/sbin:/bin", NULL};
    sigset_t none;
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    struct pollfd entry = {launcher.self, POLLIN, 0};
    if (poll(&entry, 1, 0) != 0) _exit(1);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if (dup2(log, 1) < 0 || dup2(log, 2) < 0) _exit(1);
    const int kept[] = {0, 1, 2, namespace, ready};
    close_others(kept, sizeof kept / sizeof *kept);
    fcntl(namespace, F_SETFD, 0);
    fcntl(ready, F_SETFD, 0);
    if (chroot("/host") < 0 || chdir("/") < 0) _exit(1);
    bool is_pasta = strcmp(translator->name, "pasta") == 0;
    (is_pasta ? execute_pasta : execute_slirp)(translator->path, namespace, ready, variables);
    _exit(127);
}

// The last line that the translator wrote is why it does not run.
static int fail_with_log(const struct translator *translator, int log) {
    char text[400];
    ssize_t length = pread(log, text, sizeof text - 1, 0);
    if (length < 0) length = 0;
    while (length > 0 && text[length - 1] == '\n') length--;
    text[length] = 0;
    const char *line = strrchr(text, '\n');
    return fail_with(EIO, translator->name, line ? line + 1 : text);
}

static int await_ready(const struct translator *translator, pid_t process, int ready, int log) {
    char byte;
    struct pollfd entry = {ready, POLLIN, 0};
    int count;
    do count = poll(&entry, 1, READY_MILLISECONDS);
    while (count < 0 && errno == EINTR);
    if (count > 0 && read(ready, &byte, 1) == 1) return 0;
    int code = kill(process, SIGKILL) == 0 ? await_exit(process) : errno;
    return code == 127 ? fail_with(ENOENT, "execve", translator->name) : fail_with_log(translator, log);
}

static pid_t start_translator(int namespace) {
    int ready[2];
    const struct translator *translator = find_translator();
    if (!translator) return -1;
    int log = open("/translator.log", O_CREAT | O_TRUNC | O_RDWR | O_CLOEXEC, 0600);
    if (log < 0) return fail("open", "the translator's log");
    unlink("/translator.log");
    if (pipe2(ready, O_CLOEXEC) < 0) {
        fail("pipe2", translator->name);
        close(log);
        return -1;
    }
    pid_t child = _Fork();
    if (child == 0) become_translator(translator, namespace, ready[1], log);
    if (child < 0) fail("fork", translator->name);
    close(ready[1]);
    if (child > 0 && await_ready(translator, child, ready[0], log) < 0) child = -1;
    close(ready[0]);
    close(log);
    return child;
}

int create_network(uint32_t task, uint32_t kind) {
    if (kind == HOST_NETWORK) return 0;
    if (network_count == NETWORK_LIMIT) return fail_with(EAGAIN, "clone", "too many networks");
    bool is_private = kind == PRIVATE_NETWORK;
    struct network network = {.task = task, .translator = 0};
    network.namespace = new_namespace(is_private);
    if (network.namespace < 0) return -1;
    if (is_private) network.translator = start_translator(network.namespace);
    if (network.translator < 0) {
        close(network.namespace);
        return -1;
    }
    networks[network_count++] = network;
    return 0;
}

static void end_network(const struct network *network) {
    close(network->namespace);
    if (network->translator <= 0) return;
    // One that cannot be killed now dies with the launcher.
    if (kill(network->translator, SIGKILL) == 0) await_exit(network->translator);
}

void remove_network(uint32_t task) {
    for (size_t i = 0; i < network_count; i++) {
        if (networks[i].task != task) continue;
        end_network(&networks[i]);
        networks[i] = networks[--network_count];
        return;
    }
}

void remove_networks(void) {
    while (network_count > 0) end_network(&networks[--network_count]);
}

int open_network_socket(uint32_t task) {
    const int kind = SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK;
    const struct network *network = network_of(task);
    int own;
    if (!network) {
        own = socket(AF_INET, kind, 0);
        return own < 0 ? fail("socket", "a probe") : own;
    }
    int place = open_place();
    if (place < 0) return -1;
    pid_t child = clone_with_descriptors(0);
    if (child == 0) {
        if (setns(network->namespace, CLONE_NEWNET) < 0) _exit(errno);
        own = socket(AF_INET, kind, 0);
        if (own < 0 || dup3(own, place, O_CLOEXEC) < 0) _exit(errno);
        close(own);
        _exit(0);
    }
    int code = child < 0 ? errno : await_exit(child);
    if (code == 0) return place;
    close(place);
    return fail_with(code, "socket", "a probe");
}
