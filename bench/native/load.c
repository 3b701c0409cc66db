/*
 * A closed-loop HTTP/1.1 load generator: each connection sends its next request when the answer to the last is complete.
 * Every answer's status, framing and length are checked. One thread, so that it costs little beside what it measures.
 *
 * Usage: load PORT KEY=VALUE...
 *   connections=N  seconds=S (0: only open them)  path=/small  expect=BYTES of each answer's body
 *   upload=BYTES   sent with POST                 fields=FILE  more header fields, each line ended by CR LF
 *   close=1        a connection per request
 *
 * Opens the connections, sends one request on each, says "ready", waits for a line on its input, measures, and says one
 * line: requests, errors, nanos (from the line to the last answer), p50, p99 and p999 in microseconds, the worst as max.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { HEAD = 16 * 1024, SCRATCH = 256 * 1024, EVENTS = 256, OPENING = 64, STEPS = 64, BUCKETS = 64 * STEPS };
enum body { UNKNOWN, LENGTH, CHUNKED, TO_END };

struct conn {
    int fd, source, writing, busy, warmed;
    size_t sent;           /* bytes of the request */
    uint64_t began;
    enum body body;
    uint64_t left;         /* of the body, or of the chunk */
    uint64_t got;          /* of the body */
    int line;              /* bytes of a chunk's size line so far; -1: the CR LF after a chunk */
    int closing;           /* the server said so */
    size_t have;
    char head[4096 + 1];
};

static char scratch[SCRATCH];
static char *request;
static size_t request_length;
static int loop, port, connections = 64, per_request, warming = 1, opened, opening, active;
static uint64_t expect, deadline, requests, errors, last_nanos, worst;
static uint64_t histogram[BUCKETS];
static struct conn *all;

static uint64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000ull + t.tv_nsec;
}

/* Buckets of at most 1/32 of their value. */
static int bucket(uint64_t v) {
    int shift = v < STEPS ? 0 : 58 - __builtin_clzll(v);
    return shift * (STEPS / 2) + (int) (v >> shift);
}

static double bound(int b) {
    if (b < STEPS) return b;
    int shift = b / (STEPS / 2) - 1;
    return (double) ((uint64_t) (b - shift * (STEPS / 2) + 1) << shift);
}

static double quantile(double q) {
    uint64_t want = (uint64_t) (q * requests), sum = 0;
    for (int b = 0; b < BUCKETS; b++) {
        sum += histogram[b];
        if (sum > want) return (bound(b) < worst ? bound(b) : worst) / 1e3;
    }
    return worst / 1e3;
}

static void watch(struct conn *c, int op, unsigned events) {
    struct epoll_event e = {.events = events, .data.ptr = c};
    epoll_ctl(loop, op, c->fd, &e);
    c->writing = events == EPOLLOUT;
}

/* Sources are spread over 127.0.0.2 and up: a port that waits in TIME_WAIT is no hindrance. */
static void open_connection(struct conn *c) {
    struct sockaddr_in from = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(0x7f000002 + c->source % 64)};
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int one = 1;
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    setsockopt(c->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one);
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (c->fd < 0 || bind(c->fd, (struct sockaddr *) &from, sizeof from) < 0
        || (connect(c->fd, (struct sockaddr *) &to, sizeof to) < 0 && errno != EINPROGRESS)) {
        perror("load: connect");
        exit(1);
    }
    watch(c, EPOLL_CTL_ADD, EPOLLOUT);
}

static void send_request(struct conn *c) {
    if (!c->busy) {
        c->busy = 1;
        c->began = now();
        c->sent = c->have = c->got = c->left = 0;
        c->line = 0;
        c->body = UNKNOWN;
        c->closing = 0;
        active++;
    }
    while (c->sent < request_length) {
        ssize_t n = send(c->fd, request + c->sent, request_length - c->sent, MSG_NOSIGNAL);
        if (n < 0) {
            if (!c->writing) watch(c, EPOLL_CTL_MOD, EPOLLOUT);
            return; /* what ended it is seen when reading */
        }
        c->sent += n;
    }
    if (c->writing) watch(c, EPOLL_CTL_MOD, EPOLLIN);
}

static void open_more(void) {
    while (warming && opened < connections && opening < OPENING) {
        opening++;
        open_connection(&all[opened++]);
    }
}

static void next(struct conn *c, int reopen) {
    if (c->busy) active--;
    c->busy = 0;
    if (reopen) close(c->fd);
    if (warming) {
        if (!c->warmed++) opening--;
        open_more();
        if (reopen) c->fd = -1;
    } else if (now() < deadline) {
        if (reopen) open_connection(c);
        else send_request(c);
    } else if (reopen) {
        c->fd = -1;
    }
}

static void failed(struct conn *c, const char *why) {
    if (errors++ == 0) fprintf(stderr, "load: %s\n", why);
    next(c, 1);
}

static void answered(struct conn *c) {
    uint64_t took = (last_nanos = now()) - c->began;
    if (expect && c->got != expect) return failed(c, "an answer of another length than expected");
    if (!warming) {
        requests++;
        histogram[bucket(took)]++;
        if (took > worst) worst = took;
    }
    next(c, per_request || c->closing);
}

static int head_is_complete(struct conn *c) {
    c->head[c->have] = 0;
    char *stop = memmem(c->head, c->have, "\r\n\r\n", 4);
    if (!stop) return c->have < sizeof c->head - 1 ? 0 : -1;
    stop[2] = 0;
    if (strncmp(c->head, "HTTP/1.1 200", 12)) return -1;
    char *length = strcasestr(c->head, "\r\ncontent-length:");
    c->body = length ? LENGTH : strcasestr(c->head, "\r\ntransfer-encoding: chunked") ? CHUNKED : TO_END;
    if (length) c->left = strtoull(length + 17, 0, 10);
    c->closing = strcasestr(c->head, "\r\nconnection: close") != 0;
    return (int) (stop + 4 - c->head);
}

/* 1: the last chunk and the line after it have come, 0: more to come, -1: not chunks. No trailers are expected. */
static int chunks(struct conn *c, const char *p, size_t n) {
    for (size_t i = 0; i < n;) {
        if (c->left && c->line == 0) {
            size_t take = n - i < c->left ? n - i : c->left;
            i += take;
            c->got += take;
            if (!(c->left -= take)) c->line = -2;
            continue;
        }
        char b = p[i++];
        if (c->line < 0) { /* the CR LF that ends a chunk, or, from -4, the whole body */
            if (b != (c->line % 2 ? '\n' : '\r')) return -1;
            c->line++;
            if (c->line == -2) return i == n ? 1 : -1;
        } else if (b == '\n') {
            c->line = c->left ? 0 : -4;
        } else if (b != '\r') {
            int digit = b <= '9' ? b - '0' : (b | 32) - 'a' + 10;
            if (digit < 0 || digit > 15) return -1;
            c->left = (c->line++ ? c->left : 0) * 16 + digit;
        }
    }
    return 0;
}

/* Of the answer's body. 1: complete, 0: more to come, -1: wrong. */
static int body(struct conn *c, const char *p, size_t n) {
    if (c->body == CHUNKED) return chunks(c, p, n);
    c->got += n;
    if (c->body == TO_END) return 0;
    if (n > c->left) return -1;
    return (c->left -= n) == 0;
}

static void receive(struct conn *c) {
    for (;;) {
        int in_head = c->body == UNKNOWN;
        char *into = in_head ? c->head + c->have : scratch;
        size_t room = in_head ? sizeof c->head - 1 - c->have : SCRATCH;
        ssize_t n = recv(c->fd, into, room, 0);
        if (n < 0 && errno == EAGAIN) return;
        if (n == 0 && c->busy && c->body == TO_END) return c->closing = 1, answered(c);
        if (n <= 0) return failed(c, c->busy ? "a connection ended before its answer did" : "a kept connection ended");
        if (!c->busy) return failed(c, "bytes that nobody asked for");
        int done = 0;
        if (in_head) {
            c->have += n;
            int end = head_is_complete(c);
            if (end < 0) return failed(c, "not the head of a 200");
            if (end > 0) done = body(c, c->head + end, c->have - end);
        } else {
            done = body(c, scratch, n);
        }
        if (done < 0) return failed(c, "a body with wrong framing");
        if (done) return answered(c);
        if ((size_t) n < room) return;
    }
}

static void run(void) {
    struct epoll_event events[EVENTS];
    while (active > 0 || opening > 0 || (!warming && now() < deadline)) {
        int n = epoll_wait(loop, events, EVENTS, 1000);
        for (int i = 0; i < n; i++) {
            struct conn *c = events[i].data.ptr;
            if (events[i].events & EPOLLOUT && (c->busy || warming || now() < deadline)) send_request(c);
            if (events[i].events & (EPOLLIN | EPOLLERR | EPOLLHUP)) receive(c);
        }
        if (n == 0 && !warming && now() > deadline + 20000000000ull) {
            errors += active;
            fprintf(stderr, "load: %d requests without an answer\n", active);
            return;
        }
    }
}

static char *file(const char *path) {
    static char text[HEAD];
    int fd = open(path, O_RDONLY);
    if (fd < 0 || read(fd, text, sizeof text - 1) < 0) perror(path), exit(1);
    close(fd);
    return text;
}

int main(int argc, char **argv) {
    const char *path = "/small", *fields = "";
    double seconds = 2;
    size_t upload = 0;
    if (argc < 2) return 2;
    port = atoi(argv[1]);
    for (int i = 2; i < argc; i++) {
        char *value = strchr(argv[i], '=') + 1;
        if (!strncmp(argv[i], "connections=", 12)) connections = atoi(value);
        else if (!strncmp(argv[i], "seconds=", 8)) seconds = atof(value);
        else if (!strncmp(argv[i], "path=", 5)) path = value;
        else if (!strncmp(argv[i], "expect=", 7)) expect = strtoull(value, 0, 10);
        else if (!strncmp(argv[i], "upload=", 7)) upload = strtoull(value, 0, 10);
        else if (!strncmp(argv[i], "fields=", 7)) fields = file(value);
        else if (!strncmp(argv[i], "close=", 6)) per_request = atoi(value);
        else return fprintf(stderr, "load: unknown: %s\n", argv[i]), 2;
    }
    request = malloc(HEAD + 4096 + upload);
    request_length = sprintf(request, "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%s%s", upload ? "POST" : "GET", path, port,
                             fields, per_request ? "Connection: close\r\n" : "");
    if (upload) request_length += sprintf(request + request_length, "Content-Length: %zu\r\n", upload);
    request_length += sprintf(request + request_length, "\r\n");
    memset(request + request_length, 'x', upload);
    request_length += upload;

    loop = epoll_create1(0);
    all = calloc(connections, sizeof *all);
    for (int i = 0; i < connections; i++) all[i] = (struct conn) {.fd = -1, .source = i};
    open_more();
    run();
    if (errors) return fprintf(stderr, "load: %lu errors while opening\n", errors), 1;
    puts("ready");
    fflush(stdout);
    if (getchar() == EOF) return 0;
    warming = 0;
    uint64_t began = last_nanos = now();
    deadline = began + (uint64_t) (seconds * 1e9);
    for (int i = 0; i < connections && seconds > 0; i++) {
        if (all[i].fd < 0) open_connection(&all[i]);
        else send_request(&all[i]);
    }
    run();
    printf("requests=%lu errors=%lu nanos=%lu p50=%.1f p99=%.1f p999=%.1f max=%.1f\n", requests, errors,
           last_nanos - began, quantile(0.5), quantile(0.99), quantile(0.999), worst / 1e3);
    return 0;
}
