/*
 * An open-loop HTTP/1.1 load: requests arrive at a fixed rate whatever becomes of those before, and each is timed from the
 * moment it was due, not from when a connection was free for it; so nothing is hidden by waiting (no coordinated omission).
 *
 * Usage: arrivals ADDRESS PORT RECORD KEY=VALUE...
 *   rate=200 per second   seconds=12   connections=64 opened beforehand   timeout=5 (seconds, from when it was due)
 *   warm=3 seconds beforehand, at warmrate=600 per second, of which nothing is recorded
 *
 * Of twenty requests nine are GET /small, three GET /big (256 KiB), five POST /small, three POST /big (256 KiB). Each uses
 * the connection that has been idle for longest, or a new one if none is. A kept connection that ended while it was idle
 * is dropped in time, as every client does.
 *
 * Says "began T" when the first recorded request is due, in microseconds of the system's clock, and at the end one line:
 * requests, and how late this program itself was with sending them (lag, microseconds). RECORD gets a line per request:
 *   due (microseconds since T)  kind (g G p P: GET or POST, small or large)  result  status  latency (us)  member  attempts
 * result: ok; refused (no connection); reset (ended before the answer was there); truncated (ended in mid-answer); status
 * (no 2xx); timeout; garbled (not the answer that was to come).
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

enum { HEAD = 8192, SCRATCH = 256 * 1024, EVENTS = 256, SMALL = 58, BIG = 256 * 1024, MOST = 5000 };
enum phase { CONNECTING, IDLE, BUSY };

struct conn {
    int fd, writing;
    enum phase phase;
    int waiting;                   /* CONNECTING for a request */
    char kind;
    int recorded, status, closing;
    int64_t due;
    size_t head_length, length, sent;
    size_t have;                   /* of the answer's head; HEAD once it is complete */
    uint64_t left;                 /* of the answer's body */
    char member[16], attempts[8];
    struct conn *before, *after;   /* in the list of the idle, or of those with a request in the order of their dues */
    char request[512];
    char head[HEAD + 1];
};

static const char mix[] = "gpGgPgpgGgpPgpgGgpPg";

static struct conn idle = {.before = &idle, .after = &idle}, busy = {.before = &busy, .after = &busy};
static char scratch[SCRATCH], filler[BIG];
static struct sockaddr_in server;
static int loop, opened, prepared, recording;
static int64_t began, timeout_micros = 5000000;
static unsigned long long sequence;
static unsigned long requests, failures;
static FILE *records;

static int64_t micros(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return t.tv_sec * 1000000ll + t.tv_nsec / 1000;
}

static int64_t now(void) { return micros(CLOCK_MONOTONIC); }

static void die(const char *what) {
    perror(what);
    exit(1);
}

static void leave(struct conn *c) {
    c->before->after = c->after;
    c->after->before = c->before;
    c->before = c->after = c;
}

static void join(struct conn *list, struct conn *c) {
    leave(c);
    c->before = list->before;
    c->after = list;
    list->before->after = c;
    list->before = c;
}

static void watch(struct conn *c, int op, unsigned events) {
    struct epoll_event e = {.events = events, .data.ptr = c};
    if (epoll_ctl(loop, op, c->fd, &e) < 0) die("arrivals: epoll_ctl");
    c->writing = (events & EPOLLOUT) != 0;
}

/* In progress, or given up (0) for want of a descriptor or a port. */
static struct conn *open_connection(void) {
    int one = 1;
    if (opened >= MOST) return 0;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (fd < 0) return 0;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (connect(fd, (struct sockaddr *) &server, sizeof server) < 0 && errno != EINPROGRESS) return close(fd), (void *) 0;
    struct conn *c = calloc(1, sizeof *c);
    c->fd = fd;
    c->before = c->after = c;
    opened++;
    watch(c, EPOLL_CTL_ADD, EPOLLIN | EPOLLOUT);
    return c;
}

static void drop(struct conn *c) {
    leave(c);
    close(c->fd);
    free(c);
    opened--;
}

static void record(int64_t due, char kind, const char *result, int status, const char *member, const char *attempts) {
    if (strcmp(result, "ok")) failures++;
    requests++;
    fprintf(records, "%lld %c %s %d %lld %s %s\n", (long long) (due - began), kind, result, status,
            (long long) (now() - due), member[0] ? member : "-", attempts[0] ? attempts : "-");
}

static void finish(struct conn *c, const char *result) {
    int keeps = !strcmp(result, "ok") || !strcmp(result, "status");
    if (c->recorded) record(c->due, c->kind, result, c->status, c->member, c->attempts);
    if (!keeps || c->closing) return drop(c);
    c->phase = IDLE;
    c->waiting = 0;
    join(&idle, c);
}

static void send_more(struct conn *c) {
    while (c->sent < c->length) {
        int in_head = c->sent < c->head_length;
        const char *from = in_head ? c->request + c->sent : filler;
        size_t most = (in_head ? c->head_length : c->length) - c->sent;
        ssize_t n = send(c->fd, from, most, MSG_NOSIGNAL | (in_head && c->length > c->head_length ? MSG_MORE : 0));
        if (n < 0) {
            if (!c->writing) watch(c, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
            return; /* what ended it is seen when reading */
        }
        c->sent += n;
    }
    if (c->writing) watch(c, EPOLL_CTL_MOD, EPOLLIN);
}

static void assign(struct conn *c, char kind, int64_t due) {
    size_t body = kind == 'p' ? SMALL : kind == 'P' ? BIG : 0;
    int n = snprintf(c->request, sizeof c->request, "%s %s HTTP/1.1\r\nHost: service.test\r\nRequest-Id: %d-%llu\r\n",
                     body ? "POST" : "GET", kind == 'G' || kind == 'P' ? "/big" : "/small", getpid(), ++sequence);
    if (body) n += snprintf(c->request + n, sizeof c->request - n, "Content-Length: %zu\r\n", body);
    n += snprintf(c->request + n, sizeof c->request - n, "\r\n");
    c->kind = kind;
    c->due = due;
    c->recorded = recording;
    c->head_length = n;
    c->length = n + body;
    c->sent = c->have = 0;
    c->status = c->closing = 0;
    c->member[0] = c->attempts[0] = 0;
    join(&busy, c);
}

static void arrive(char kind, int64_t due) {
    struct conn *c = idle.after != &idle ? idle.after : open_connection();
    if (!c) {
        if (recording) record(due, kind, "refused", 0, "", "");
        return;
    }
    int fresh = c->phase == CONNECTING;
    assign(c, kind, due);
    c->waiting = 1;
    if (fresh) return;
    c->phase = BUSY;
    send_more(c);
}

static void field(const char *head, const char *name, char *into, size_t room) {
    char *at = strcasestr(head, name);
    if (!at) return;
    at += strlen(name);
    size_t n = strspn(at, " ");
    at += n;
    n = strcspn(at, "\r");
    if (n >= room) n = room - 1;
    memcpy(into, at, n);
    into[n] = 0;
}

/* Where the body begins, 0 when the head is not complete, -1 when it is none that was to come. */
static int take_head(struct conn *c) {
    c->head[c->have] = 0;
    char *stop = memmem(c->head, c->have, "\r\n\r\n", 4);
    if (!stop) return c->have < HEAD ? 0 : -1;
    stop[2] = 0;
    char length[24] = "", connection[16] = "";
    if (sscanf(c->head, "HTTP/1.1 %d", &c->status) != 1) return -1;
    field(c->head, "\r\ncontent-length:", length, sizeof length);
    field(c->head, "\r\nconnection:", connection, sizeof connection);
    field(c->head, "\r\nmember:", c->member, sizeof c->member);
    field(c->head, "\r\nechogate-attempts:", c->attempts, sizeof c->attempts);
    c->closing = !strcasecmp(connection, "close");
    int good = c->status / 100 == 2, chunked = strcasestr(c->head, "\r\ntransfer-encoding:") != 0;
    if (!length[0] || chunked) { /* an error page may come so; its end does not matter */
        if (good) return -1;
        c->closing = 1;
    }
    c->left = length[0] ? strtoull(length, 0, 10) : 0;
    if (good && c->left != (c->kind == 'G' ? BIG : SMALL)) return -1;
    return (int) (stop + 4 - c->head);
}

/* The failure of a connection that has a request. */
static void broken(struct conn *c) {
    finish(c, c->phase == CONNECTING ? "refused" : c->have == HEAD ? "truncated" : "reset");
}

static void receive(struct conn *c) {
    for (;;) {
        int in_head = c->have < HEAD;
        char *into = in_head ? c->head + c->have : scratch;
        size_t room = in_head ? HEAD - c->have : SCRATCH;
        ssize_t n = recv(c->fd, into, room, 0);
        if (n < 0 && errno == EAGAIN) return;
        if (n <= 0) return broken(c);
        if (in_head) {
            c->have += n;
            int body = take_head(c);
            if (body < 0) return finish(c, "garbled");
            if (body == 0) continue;
            n = c->have - body;
            c->have = HEAD;
        }
        if ((uint64_t) n > c->left && !c->closing) return finish(c, "garbled");
        c->left -= (uint64_t) n > c->left ? c->left : (uint64_t) n;
        if (c->left == 0) {
            if (c->sent < c->length) c->closing = 1; /* answered before all was sent */
            return finish(c, c->status / 100 == 2 ? "ok" : "status");
        }
    }
}

static void connected(struct conn *c) {
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error) {
        if (c->waiting) return broken(c);
        fprintf(stderr, "arrivals: %s\n", strerror(error));
        exit(1);
    }
    watch(c, EPOLL_CTL_MOD, EPOLLIN);
    if (c->waiting) {
        c->phase = BUSY;
        send_more(c);
    } else {
        c->phase = IDLE;
        prepared++;
        join(&idle, c);
    }
}

static void happen(struct conn *c, unsigned events) {
    if (c->phase == CONNECTING) return connected(c);
    if (c->phase == IDLE) return drop(c); /* nothing may come on it but its end */
    if (events & EPOLLOUT) send_more(c);
    if (events & (EPOLLIN | EPOLLERR | EPOLLHUP)) receive(c);
}

/* Does what there is to do until then. */
static void proceed(int64_t until) {
    struct epoll_event events[EVENTS];
    for (;;) {
        int64_t t = now();
        while (busy.after != &busy && busy.after->due + timeout_micros <= t) finish(busy.after, "timeout");
        int64_t wait = until > t ? until - t : 0;
        if (busy.after != &busy && busy.after->due + timeout_micros - t < wait) wait = busy.after->due + timeout_micros - t;
        struct timespec most = {.tv_sec = wait / 1000000, .tv_nsec = wait % 1000000 * 1000};
        int n = epoll_pwait2(loop, events, EVENTS, &most, 0);
        for (int i = 0; i < n; i++) happen(events[i].data.ptr, events[i].events);
        if (now() >= until) return;
    }
}

static int ascending(const void *a, const void *b) {
    int64_t x = *(const int64_t *) a, y = *(const int64_t *) b;
    return x < y ? -1 : x > y;
}

static void run(double rate, double seconds, int64_t start, int64_t *lags, size_t count) {
    for (size_t i = 0; i < count; i++) {
        int64_t due = start + (int64_t) (i * 1e6 / rate);
        proceed(due);
        if (lags) lags[i] = now() - due;
        arrive(mix[i % (sizeof mix - 1)], due);
    }
    proceed(start + (int64_t) (seconds * 1e6));
}

int main(int argc, char **argv) {
    double rate = 200, seconds = 12, warm = 3, warm_rate = 600;
    int connections = 64;
    if (argc < 4) return fprintf(stderr, "usage: arrivals ADDRESS PORT RECORD KEY=VALUE...\n"), 2;
    server = (struct sockaddr_in) {.sin_family = AF_INET, .sin_port = htons(atoi(argv[2]))};
    if (inet_pton(AF_INET, argv[1], &server.sin_addr) != 1) return fprintf(stderr, "arrivals: no address: %s\n", argv[1]), 2;
    for (int i = 4; i < argc; i++) {
        double value = atof(strchr(argv[i], '=') ? strchr(argv[i], '=') + 1 : "");
        if (!strncmp(argv[i], "rate=", 5)) rate = value;
        else if (!strncmp(argv[i], "seconds=", 8)) seconds = value;
        else if (!strncmp(argv[i], "warm=", 5)) warm = value;
        else if (!strncmp(argv[i], "warmrate=", 9)) warm_rate = value;
        else if (!strncmp(argv[i], "timeout=", 8)) timeout_micros = (int64_t) (value * 1e6);
        else if (!strncmp(argv[i], "connections=", 12)) connections = (int) value;
        else return fprintf(stderr, "arrivals: unknown: %s\n", argv[i]), 2;
    }
    records = fopen(argv[3], "w");
    if (!records) die("arrivals: record");
    loop = epoll_create1(0);
    for (int i = 0; i < connections; i++) {
        if (!open_connection()) die("arrivals: connect");
    }
    for (int64_t patience = now() + timeout_micros; prepared < connections && now() < patience;) proceed(now() + 1000);
    run(warm_rate, warm, now(), 0, (size_t) (warm * warm_rate));

    size_t count = (size_t) (rate * seconds);
    int64_t *lags = calloc(count + 1, sizeof *lags);
    recording = 1;
    began = now();
    printf("began %lld\n", (long long) micros(CLOCK_REALTIME));
    fflush(stdout);
    run(rate, seconds, began, lags, count);
    while (busy.after != &busy) proceed(now() + 1000);
    qsort(lags, count, sizeof *lags, ascending);
    fclose(records);
    printf("requests=%lu failures=%lu lag_p99=%lld lag_max=%lld\n", requests, failures,
           (long long) lags[(count * 99) / 100], (long long) lags[count ? count - 1 : 0]);
    return 0;
}
