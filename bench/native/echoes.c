/*
 * The floor of asking by ICMP: echo requests to loopback addresses in batches of 64, their answers read in batches, and
 * nothing around it: no pace, no time-outs, no matching, no verdicts. What it takes is the kernel's own work for sending,
 * answering and receiving.
 *
 * Usage: echoes ADDRESSES ECHOES
 * Asks 127.1.0.1 and on, 250 to a third octet, in turn; prints "SENT ANSWERED". Needs a raw socket.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <linux/icmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BATCH = 64, SIZE = 24, ANSWER = 256, BUFFER = 8 << 20 };

static struct mmsghdr out[BATCH], in[BATCH];
static struct iovec out_bytes[BATCH], in_bytes[BATCH];
static struct sockaddr_in to[BATCH];
static unsigned char requests[BATCH][SIZE], answers[BATCH][ANSWER];

static uint16_t checksum(const unsigned char *bytes)
{
    uint32_t sum = 0;
    for (int i = 0; i < SIZE; i += 2) {
        uint16_t word;
        memcpy(&word, bytes + i, 2);
        sum += word;
    }
    sum = (sum >> 16) + (sum & 0xffff);
    return (uint16_t)~(sum + (sum >> 16));
}

static void prepare(void)
{
    for (int i = 0; i < BATCH; i++) {
        out_bytes[i] = (struct iovec){requests[i], SIZE};
        in_bytes[i] = (struct iovec){answers[i], ANSWER};
        to[i].sin_family = AF_INET;
        out[i].msg_hdr = (struct msghdr){.msg_name = &to[i], .msg_namelen = sizeof to[i], .msg_iov = &out_bytes[i], .msg_iovlen = 1};
        in[i].msg_hdr = (struct msghdr){.msg_iov = &in_bytes[i], .msg_iovlen = 1};
    }
}

static void write_request(int i, long n, uint16_t id)
{
    to[i].sin_addr.s_addr = htonl(127u << 24 | 1u << 16 | (uint32_t)(n / 250) << 8 | (uint32_t)(1 + n % 250));
    struct icmphdr head = {.type = ICMP_ECHO};
    head.un.echo.id = id;
    head.un.echo.sequence = htons((uint16_t)n);
    memset(requests[i], 0, SIZE);
    memcpy(requests[i], &head, sizeof head);
    head.checksum = checksum(requests[i]);
    memcpy(requests[i], &head, sizeof head);
}

static long receive(int fd)
{
    long all = 0;
    int came;
    do {
        came = recvmmsg(fd, in, BATCH, 0, NULL);
        all += came > 0 ? came : 0;
    } while (came == BATCH);
    return all;
}

int main(int argc, char **argv)
{
    if (argc != 3 || atol(argv[1]) <= 0) {
        fprintf(stderr, "usage: echoes ADDRESSES ECHOES\n");
        return 2;
    }
    long addresses = atol(argv[1]), wanted = atol(argv[2]), sent = 0, answered = 0;
    int fd = socket(AF_INET, SOCK_RAW | SOCK_NONBLOCK, IPPROTO_ICMP);
    int buffer = BUFFER;
    struct icmp_filter only_replies = {~(1u << ICMP_ECHOREPLY)};
    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &buffer, sizeof buffer) ||
        setsockopt(fd, SOL_RAW, ICMP_FILTER, &only_replies, sizeof only_replies)) {
        perror("echoes: raw socket");
        return 1;
    }
    prepare();
    while (sent < wanted) {
        for (int i = 0; i < BATCH; i++) {
            write_request(i, (sent + i) % addresses, (uint16_t)getpid());
        }
        int left = sendmmsg(fd, out, BATCH, 0);
        if (left <= 0) {
            perror("echoes: send");
            return 1;
        }
        sent += left;
        answered += receive(fd);
    }
    printf("%ld %ld\n", sent, answered);
    return 0;
}
