/*
 * The floor: a relay that copies bytes both ways and understands none of them, one connection to the backend for each of
 * a client's. What it costs is what the kernel asks of any relay in user space; what a proxy costs more is its own.
 * Usage: floor LISTEN-PORT BACKEND-PORT
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BUFFER = 64 * 1024, EVENTS = 256 };

struct end {
    int fd;
    unsigned events; /* asked for now */
    struct end *peer;
    char *kept; /* came from the peer and does not fit yet */
    size_t from, to;
    int gone;
};

static int loop, backend, listener;
static char scratch[BUFFER];
static struct end *dead[2 * EVENTS];
static int deaths;

/* Reads unless the peer is full; writes when something is kept. */
static void watch(struct end *e) {
    unsigned events = (e->peer->to ? 0 : EPOLLIN) | (e->to ? EPOLLOUT : 0) | EPOLLHUP;
    struct epoll_event ev = {.events = events, .data.ptr = e};
    if (e->events == events) return;
    epoll_ctl(loop, e->events ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, e->fd, &ev);
    e->events = events;
}

static struct end *made(int fd) {
    struct end *e = calloc(1, sizeof *e);
    int one = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    e->fd = fd;
    return e;
}

static int socket_to(int port, int listening) {
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int one = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (!listening) connect(fd, (struct sockaddr *) &at, sizeof at); /* on loopback at once */
    else if (bind(fd, (struct sockaddr *) &at, sizeof at) < 0 || listen(fd, 4096) < 0) exit(1);
    return fd;
}

static void bury(struct end *e) {
    if (e->gone) return;
    struct end *both[] = {e, e->peer};
    for (int i = 0; i < 2; i++) {
        close(both[i]->fd);
        both[i]->gone = 1;
        dead[deaths++] = both[i];
    }
}

static void admit(void) {
    for (int fd; (fd = accept4(listener, 0, 0, SOCK_NONBLOCK)) >= 0;) {
        struct end *client = made(fd), *member = made(socket_to(backend, 0));
        client->peer = member;
        member->peer = client;
        watch(client);
        watch(member);
    }
}

static void copy(struct end *e) {
    ssize_t n = recv(e->fd, scratch, BUFFER, 0);
    if (n < 0 && errno == EAGAIN) return;
    if (n <= 0) return bury(e);
    ssize_t sent = send(e->peer->fd, scratch, n, MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN) return bury(e);
    if (sent < 0) sent = 0;
    if (sent == n) return;
    struct end *p = e->peer;
    if (!p->kept) p->kept = malloc(BUFFER);
    memcpy(p->kept, scratch + sent, p->to = n - sent);
    p->from = 0;
    watch(p);
    watch(e);
}

static void drain(struct end *e) {
    ssize_t n = send(e->fd, e->kept + e->from, e->to - e->from, MSG_NOSIGNAL);
    if (n < 0 && errno != EAGAIN) return bury(e);
    if (n > 0) e->from += n;
    if (e->from < e->to) return;
    e->from = e->to = 0;
    watch(e);
    watch(e->peer);
}

int main(int argc, char **argv) {
    if (argc < 3) return 2;
    backend = atoi(argv[2]);
    loop = epoll_create1(0);
    listener = socket_to(atoi(argv[1]), 1);
    struct epoll_event ev = {.events = EPOLLIN}, events[EVENTS];
    epoll_ctl(loop, EPOLL_CTL_ADD, listener, &ev);
    for (;;) {
        int n = epoll_wait(loop, events, EVENTS, -1);
        for (int i = 0; i < n; i++) {
            struct end *e = events[i].data.ptr;
            if (!e) admit();
            else if (!e->gone && e->to) drain(e);
            else if (!e->gone && !e->peer->to) copy(e);
        }
        while (deaths > 0) {
            struct end *e = dead[--deaths];
            free(e->kept);
            free(e);
        }
    }
}
