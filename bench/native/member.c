/*
 * A member that can be made to fail: one thread, an answer after 5 ms of "work", and a ledger of every request that is not
 * idempotent, written before it is answered, so that one that ran twice is found out, also after kill -9.
 *
 * Usage: member NAME PORT LEDGER
 *   GET /ping               pong, at once and in every manner
 *   GET /small, GET /big    58 bytes, 256 KiB
 *   POST anything           its body is dropped, its Request-Id goes into the ledger once all of it is here
 *
 * Every answer but that of /ping says "Member: NAME". A line on its input changes its manner:
 *   normal     slow: answers after 500 ms     error: 500     reset: half of the answer, then a reset
 *   truncate: half of the answer, then the connection's orderly end
 *
 * SIGTERM ends it as a well-behaved service ends: no more connections, idle ones closed, what runs is answered first.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { HEAD = 16 * 1024, SCRATCH = 256 * 1024, EVENTS = 256, SMALL = 58, BIG = 256 * 1024 };
enum { WORK_MICROS = 5000, SLOW_MICROS = 100 * WORK_MICROS, BREAK_MICROS = 3000 };
enum manner { NORMAL, SLOW, ERROR, RESET, TRUNCATE, MANNERS };
enum phase { READING_HEAD, READING_BODY, WORKING, WRITING };

static const char *const manners[MANNERS] = {"normal", "slow", "error", "reset", "truncate"};

struct conn {
    int fd;
    enum phase phase;
    int last;               /* close once it is answered */
    int ping;
    int breaking;           /* half of the answer is sent, the reset follows */
    size_t have;            /* bytes of a head so far */
    size_t body;            /* bytes of the request's body still to come */
    char id[64];            /* of a request for the ledger; empty otherwise */
    int64_t due;            /* when its work is done */
    enum manner manner;     /* of this answer */
    char answer_head[256];
    size_t head_length, length, sent; /* of the answer: its head, all of it that is to be sent, sent so far */
    struct conn *before, *after;      /* in the list of all */
    char head[HEAD + 1];
};

static struct conn all = {.before = &all, .after = &all};
static char scratch[SCRATCH], filler[BIG];
static const char *name;
static int loop, listener, ledger, stopping, working;
static enum manner manner;

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static int64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000ll + t.tv_nsec / 1000;
}

static void watch(int fd, int op, unsigned events, void *data) {
    struct epoll_event e = {.events = events, .data.ptr = data};
    if (epoll_ctl(loop, op, fd, &e) < 0) fail("member: epoll_ctl");
}

static void end(struct conn *c, int by_reset) {
    struct linger at_once = {.l_onoff = 1, .l_linger = 0};
    if (by_reset) setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    if (c->phase == WORKING) working--;
    close(c->fd);
    c->before->after = c->after;
    c->after->before = c->before;
    free(c);
}

static void write_down(struct conn *c) {
    char line[80];
    int n = snprintf(line, sizeof line, "%s\n", c->id);
    if (write(ledger, line, n) != n) fail("member: ledger");
}

static void begin_work(struct conn *c) {
    if (c->id[0]) write_down(c);
    c->manner = c->ping ? NORMAL : manner;
    c->phase = WORKING;
    c->due = c->ping ? 0 : now() + (c->manner == SLOW ? SLOW_MICROS : WORK_MICROS);
    working++;
}

static void make_answer(struct conn *c) {
    int wrong = c->manner == ERROR;
    size_t body = c->ping ? 4 : c->id[0] || wrong || !strstr(c->head, "/big") ? SMALL : BIG;
    c->head_length = snprintf(c->answer_head, sizeof c->answer_head,
                              "HTTP/1.1 %s\r\nContent-Type: text/plain\r\nMember: %s\r\n%sContent-Length: %zu\r\n\r\n",
                              wrong ? "500 Internal Server Error" : "200 OK", name,
                              c->last || stopping ? "Connection: close\r\n" : "", body);
    if (stopping) c->last = 1;
    size_t sends = c->manner == RESET || c->manner == TRUNCATE ? body / 2 : body;
    c->length = c->head_length + sends;
    c->sent = 0;
}

static void set_phase(struct conn *c, enum phase phase) {
    unsigned events = phase == WRITING ? EPOLLOUT : EPOLLIN;
    watch(c->fd, EPOLL_CTL_MOD, events, c);
    c->phase = phase;
}

/* A reset takes back what is still to be sent, so it gives that some time. */
static void break_soon(struct conn *c) {
    set_phase(c, WORKING);
    c->breaking = 1;
    c->due = now() + BREAK_MICROS;
    working++;
}

/* 1: sent, and the connection goes on; 0: more to send; -1: the connection has ended. */
static int send_answer(struct conn *c) {
    while (c->sent < c->length) {
        int in_head = c->sent < c->head_length;
        const char *from = in_head ? c->answer_head + c->sent : c->ping ? "pong" + (c->sent - c->head_length) : filler;
        size_t most = (in_head ? c->head_length : c->length) - c->sent;
        ssize_t n = send(c->fd, from, most, MSG_NOSIGNAL | (in_head ? MSG_MORE : 0));
        if (n < 0 && errno == EAGAIN) return 0;
        if (n < 0) return end(c, 0), -1;
        c->sent += n;
    }
    if (c->manner == RESET) return break_soon(c), 0;
    if (c->manner == TRUNCATE || c->last) return end(c, 0), -1;
    set_phase(c, READING_HEAD);
    return 1;
}

static void answer(struct conn *c) {
    if (c->breaking) return end(c, 1);
    working--;
    make_answer(c);
    set_phase(c, WRITING);
    send_answer(c);
}

/* Takes one head off the buffer. 1: there was one, 0: not yet, -1: nothing that we understand. */
static int take_head(struct conn *c) {
    c->head[c->have] = 0;
    char *stop = memmem(c->head, c->have, "\r\n\r\n", 4);
    if (!stop) return c->have < HEAD ? 0 : -1;
    *stop = 0;
    if (strcasestr(c->head, "\r\ntransfer-encoding:")) return -1;
    char *length = strcasestr(c->head, "\r\ncontent-length:");
    char *id = strcasestr(c->head, "\r\nrequest-id:");
    c->body = length ? strtoul(length + 17, 0, 10) : 0;
    c->last = strcasestr(c->head, "\r\nconnection: close") != 0;
    c->ping = !strncmp(c->head, "GET /ping ", 10);
    c->id[0] = 0;
    if (!strncmp(c->head, "POST ", 5) && (!id || sscanf(id + 13, "%63s", c->id) != 1)) return -1;
    size_t taken = c->have - (stop + 4 - c->head);
    if (taken > c->body) return -1; /* nobody here sends the next request before it has this answer */
    c->body -= taken;
    c->have = 0;
    return 1;
}

static void receive(struct conn *c) {
    for (;;) {
        char *into = c->phase == READING_BODY ? scratch : c->head + c->have;
        size_t room = c->phase == READING_BODY ? (c->body < SCRATCH ? c->body : SCRATCH) : HEAD - c->have;
        if (c->phase >= WORKING) into = scratch, room = 1;
        ssize_t n = recv(c->fd, into, room, 0);
        if (n < 0 && errno == EAGAIN) return;
        if (n <= 0 || c->phase >= WORKING) return end(c, 0);
        if (c->phase == READING_HEAD) {
            c->have += n;
            int head = take_head(c);
            if (head < 0) return end(c, 0);
            if (head == 0) continue;
            c->phase = READING_BODY;
        } else {
            c->body -= n;
        }
        if (c->body == 0) return begin_work(c);
    }
}

static void admit(void) {
    for (;;) {
        int fd = accept4(listener, 0, 0, SOCK_NONBLOCK);
        if (fd < 0) return;
        int one = 1;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        struct conn *c = calloc(1, sizeof *c);
        c->fd = fd;
        c->before = all.before;
        c->after = &all;
        all.before->after = c;
        all.before = c;
        watch(fd, EPOLL_CTL_ADD, EPOLLIN, c);
    }
}

static void listen_on(int port) {
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = INADDR_ANY};
    int one = 1;
    listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(listener, (struct sockaddr *) &at, sizeof at) < 0 || listen(listener, 4096) < 0) fail("member: listen");
    watch(listener, EPOLL_CTL_ADD, EPOLLIN, &listener);
}

static void obey(void) {
    char line[256];
    ssize_t n = read(0, line, sizeof line - 1);
    if (n <= 0) {
        epoll_ctl(loop, EPOLL_CTL_DEL, 0, 0);
        return;
    }
    line[n] = 0;
    for (char *word = strtok(line, " \n"); word; word = strtok(0, " \n")) {
        int found = 0;
        for (int m = 0; m < MANNERS; m++) {
            if (!strcmp(word, manners[m])) manner = m, found = 1;
        }
        if (!found) fprintf(stderr, "member: no such manner: %s\n", word);
    }
}

static void stop(void) {
    stopping = 1;
    close(listener);
    for (struct conn *c = all.after, *after; c != &all; c = after) {
        after = c->after;
        if (c->phase == READING_HEAD && c->have == 0) end(c, 0);
    }
}

/* Answers what is due; milliseconds until the next is, -1 when nothing waits. */
static int work(void) {
    int64_t t = now(), next = INT64_MAX;
    for (struct conn *c = all.after, *after; working > 0 && c != &all; c = after) {
        after = c->after;
        if (c->phase != WORKING) continue;
        if (c->due <= t) answer(c);
        else if (c->due < next) next = c->due;
    }
    return next == INT64_MAX ? -1 : (int) ((next - t + 999) / 1000);
}

int main(int argc, char **argv) {
    if (argc != 4) return fprintf(stderr, "usage: member NAME PORT LEDGER\n"), 2;
    name = argv[1];
    memset(filler, 'x', sizeof filler);
    ledger = open(argv[3], O_WRONLY | O_CREAT | O_APPEND, 0644);
    if (ledger < 0) fail("member: ledger");
    sigset_t term;
    sigemptyset(&term);
    sigaddset(&term, SIGTERM);
    sigprocmask(SIG_BLOCK, &term, 0);
    int signals = signalfd(-1, &term, SFD_NONBLOCK), input = 0;
    loop = epoll_create1(0);
    watch(signals, EPOLL_CTL_ADD, EPOLLIN, &signals);
    watch(0, EPOLL_CTL_ADD, EPOLLIN, &input);
    listen_on(atoi(argv[2]));
    struct epoll_event events[EVENTS];
    while (!stopping || all.after != &all) {
        int n = epoll_wait(loop, events, EVENTS, work());
        for (int i = 0; i < n; i++) {
            void *what = events[i].data.ptr;
            struct conn *c = what;
            if (what == &listener) admit();
            else if (what == &input) obey();
            else if (what == &signals) stop();
            else if (c->phase == WRITING) send_answer(c);
            else receive(c);
            if (what == &signals) break; /* the connections of later events may be gone; they are told again */
        }
    }
    return 0;
}
