/*
 * The members behind every proxy that is measured: one thread, one answer per path, made beforehand, so that what is
 * measured is the proxy. Usage: backend PORT...  It checks what it is sent only as far as framing goes.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { HEAD = 16 * 1024, SCRATCH = 256 * 1024, EVENTS = 256 };

struct answer {
    const char *path;
    char *bytes;
    size_t length;
};

struct conn {
    int fd;
    int listener;
    int writing;
    int last;              /* close once it is answered */
    size_t have;           /* bytes of a head so far */
    size_t body;           /* bytes of the request's body still to come */
    const struct answer *answer;
    size_t sent;
    char head[HEAD + 1];
};

static char scratch[SCRATCH];
static int loop;
static struct answer answers[] = {{"/ping", 0, 0}, {"/small", 0, 0}, {"/16k", 0, 0}, {"/1m", 0, 0}, {"/chunked", 0, 0}};
static struct answer missing;

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static void make(struct answer *a, const char *status, const char *body, size_t length) {
    a->bytes = malloc(length + 512);
    int head = sprintf(a->bytes,
                       "HTTP/1.1 %s\r\nServer: backend\r\nDate: Wed, 25 Nov 2026 00:00:00 GMT\r\n"
                       "Content-Type: text/plain\r\nContent-Length: %zu\r\n\r\n",
                       status, length);
    if (body) memcpy(a->bytes + head, body, length);
    else memset(a->bytes + head, 'x', length);
    a->length = head + length;
}

/* Sixteen chunks of 1 KiB, as a page that is written while it is made. */
static void make_chunked(struct answer *a) {
    a->bytes = malloc(20 * 1024);
    char *p = a->bytes + sprintf(a->bytes, "HTTP/1.1 200 OK\r\nServer: backend\r\nDate: Wed, 25 Nov 2026 00:00:00 GMT\r\n"
                                           "Content-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 16; i++) {
        p += sprintf(p, "400\r\n");
        memset(p, 'x', 1024);
        p += 1024;
        p += sprintf(p, "\r\n");
    }
    p += sprintf(p, "0\r\n\r\n");
    a->length = p - a->bytes;
}

static void watch(struct conn *c, int op, unsigned events) {
    struct epoll_event e = {.events = events, .data.ptr = c};
    if (epoll_ctl(loop, op, c->fd, &e) < 0) fail("epoll_ctl");
}

static void end(struct conn *c) {
    close(c->fd);
    free(c);
}

static void writing(struct conn *c, int on) {
    if (c->writing != on) {
        c->writing = on;
        watch(c, EPOLL_CTL_MOD, on ? EPOLLOUT : EPOLLIN);
    }
}

/* 1: sent in full, 0: more to send, -1: gone. */
static int send_answer(struct conn *c) {
    while (c->sent < c->answer->length) {
        ssize_t n = send(c->fd, c->answer->bytes + c->sent, c->answer->length - c->sent, MSG_NOSIGNAL);
        if (n < 0 && errno == EAGAIN) return writing(c, 1), 0;
        if (n < 0) return -1;
        c->sent += n;
    }
    c->answer = 0;
    c->sent = 0;
    writing(c, 0);
    return c->last ? -1 : 1;
}

static const struct answer *answer_to(const char *head) {
    const char *path = strchr(head, ' ');
    for (size_t i = 0; path && i < sizeof answers / sizeof *answers; i++) {
        size_t n = strlen(answers[i].path);
        if (!strncmp(path + 1, answers[i].path, n) && path[1 + n] == ' ') return &answers[i];
    }
    return &missing;
}

/* Takes one head off the buffer. 1: there was one, 0: not yet, -1: nothing that we understand. */
static int take_head(struct conn *c) {
    c->head[c->have] = 0;
    char *stop = memmem(c->head, c->have, "\r\n\r\n", 4);
    if (!stop) return c->have < HEAD ? 0 : -1;
    *stop = 0;
    if (strcasestr(c->head, "\r\ntransfer-encoding:")) return -1;
    char *length = strcasestr(c->head, "\r\ncontent-length:");
    c->body = length ? strtoul(length + 17, 0, 10) : 0;
    c->last = strcasestr(c->head, "\r\nconnection: close") != 0;
    c->answer = answer_to(c->head);
    size_t used = stop + 4 - c->head;
    size_t more = c->have - used;
    size_t taken = more < c->body ? more : c->body;
    c->body -= taken;
    c->have = more - taken;
    memmove(c->head, stop + 4 + taken, c->have);
    return 1;
}

/* As much as there is: bodies are dropped, heads answered in order. -1: gone. */
static int proceed(struct conn *c) {
    for (;;) {
        if (c->answer && c->body == 0) {
            int sent = send_answer(c);
            if (sent <= 0 || c->have == 0) return sent < 0 ? -1 : 0;
        } else if (!c->answer && c->have > 0) {
            int head = take_head(c);
            if (head < 0) return -1;
            if (head > 0) continue;
        }
        char *into = c->answer ? scratch : c->head + c->have;
        size_t room = !c->answer ? HEAD - c->have : c->body < SCRATCH ? c->body : SCRATCH;
        ssize_t n = recv(c->fd, into, room, 0);
        if (n < 0 && errno == EAGAIN) return 0;
        if (n <= 0) return -1;
        if (c->answer) c->body -= n;
        else c->have += n;
        if ((size_t) n < room && (c->answer ? c->body > 0 : !memmem(c->head, c->have, "\r\n\r\n", 4))) return 0;
    }
}

static void admit(struct conn *listener) {
    for (;;) {
        int fd = accept4(listener->fd, 0, 0, SOCK_NONBLOCK);
        if (fd < 0) return;
        int one = 1;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        struct conn *c = calloc(1, sizeof *c);
        c->fd = fd;
        watch(c, EPOLL_CTL_ADD, EPOLLIN);
    }
}

static void listen_on(int port) {
    struct conn *c = calloc(1, sizeof *c);
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int one = 1;
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    c->listener = 1;
    setsockopt(c->fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(c->fd, (struct sockaddr *) &at, sizeof at) < 0 || listen(c->fd, 4096) < 0) fail("backend: listen");
    watch(c, EPOLL_CTL_ADD, EPOLLIN);
}

int main(int argc, char **argv) {
    loop = epoll_create1(0);
    make(&answers[0], "200 OK", "pong", 4);
    make(&answers[1], "200 OK", "{\"machine\":\"S1\",\"first\":3,\"second\":7,\"sum\":10,\"random\":5}\n", 58);
    make(&answers[2], "200 OK", 0, 16 * 1024);
    make(&answers[3], "200 OK", 0, 1024 * 1024);
    make_chunked(&answers[4]);
    make(&missing, "404 Not Found", "no such path\n", 13);
    for (int i = 1; i < argc; i++) listen_on(atoi(argv[i]));
    puts("backend listening");
    fflush(stdout);
    struct epoll_event events[EVENTS];
    for (;;) {
        int n = epoll_wait(loop, events, EVENTS, -1);
        for (int i = 0; i < n; i++) {
            struct conn *c = events[i].data.ptr;
            if (c->listener) admit(c);
            else if (proceed(c) < 0) end(c);
        }
    }
}
