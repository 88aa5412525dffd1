// SPDX-License-Identifier: Apache-2.0
// What a task's network is given by rtnetlink(7) and netdevice(7): its loopback interface, and routes that lead
// nowhere.
#include "failure.h"
#include "networks.h"
#include <arpa/inet.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

int raise_loopback(void) {
    struct ifreq request = {.ifr_name = "lo"};
    int handle = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (handle < 0) return fail("socket", "lo");
    int outcome = ioctl(handle, SIOCGIFFLAGS, &request);
    request.ifr_flags |= IFF_UP;
    if (outcome == 0) outcome = ioctl(handle, SIOCSIFFLAGS, &request);
    if (outcome < 0) fail("ioctl", "lo");
    close(handle);
    return outcome;
}

struct route_request {
    struct nlmsghdr header;
    struct rtmsg route;
    struct rtattr attribute;
    unsigned char address[16];
};

struct route_answer {
    struct nlmsghdr header;
    struct nlmsgerr error;
};

static int refuse(int handle, int family, const char *text, unsigned char bits) {
    size_t size = family == AF_INET ? 4 : 16;
    struct route_request request = {
        .header = {.nlmsg_type = RTM_NEWROUTE, .nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE},
        .route = {.rtm_family = (unsigned char)family, .rtm_dst_len = bits, .rtm_table = RT_TABLE_MAIN,
                  .rtm_protocol = RTPROT_STATIC, .rtm_scope = RT_SCOPE_UNIVERSE,
                  .rtm_type = RTN_UNREACHABLE},
        .attribute = {.rta_len = (unsigned short)RTA_LENGTH(size), .rta_type = RTA_DST}};
    struct route_answer answer = {0};
    request.header.nlmsg_len =
        (uint32_t)(NLMSG_LENGTH(sizeof request.route) + RTA_ALIGN(RTA_LENGTH(size)));
    inet_pton(family, text, request.address);
    if (send(handle, &request, request.header.nlmsg_len, 0) < 0) return fail("send", text);
    if (recv(handle, &answer, sizeof answer, 0) < 0) return fail("recv", text);
    int code = answer.header.nlmsg_type == NLMSG_ERROR ? -answer.error.error : EPROTO;
    // A kernel without IPv6 reaches no address of it.
    if (code == 0 || (family == AF_INET6 && (code == EOPNOTSUPP || code == EAFNOSUPPORT))) return 0;
    return fail_with(code, "route", text);
}

// Link-local addresses (Amazon's 169.254.169.254 and 169.254.170.2, Google's, Azure's, Oracle's) and those that
// Azure, Alibaba and Amazon use besides. Name servers among them are asked by the translator, from outside.
int refuse_metadata_addresses(void) {
    static const struct {
        int family;
        const char *address;
        unsigned char bits;
    } routes[] = {
        {AF_INET, "169.254.0.0", 16}, {AF_INET, "168.63.129.16", 32},
        {AF_INET, "100.100.100.200", 32}, {AF_INET6, "fd00:ec2::", 32}, {AF_INET6, "fd20:ce::254", 128},
    };
    int handle = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
    if (handle < 0) return fail("socket", "NETLINK_ROUTE");
    int outcome = 0;
    for (size_t i = 0; outcome == 0 && i < sizeof routes / sizeof *routes; i++)
        outcome = refuse(handle, routes[i].family, routes[i].address, routes[i].bits);
    close(handle);
    return outcome;
}
