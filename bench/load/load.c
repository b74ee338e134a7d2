#include "load.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "clock.h"

enum { EVENTS = 512, LONGEST_WAIT_MS = 20 };

struct run {
    struct exchange *exchange;
    const struct plan *plan;
    struct connection *connections;  // listeners first
    int timer;                       // rings when the next message of an open loop is due
    double due;
    size_t turn;
    bool sending;
};

static uint64_t after(double seconds) { return clock_now() + (uint64_t)(seconds * 1e9); }

static void send_due(struct run *run);

static void pump(struct run *run) {
    struct epoll_event events[EVENTS];
    int count = epoll_wait(run->exchange->poll, events, EVENTS, LONGEST_WAIT_MS);
    for (int i = 0; i < count; i++) {
        if (events[i].data.ptr == run) send_due(run);
        else exchange_event(run->exchange, events[i].data.ptr, events[i].events);
    }
}

static void pump_until(struct run *run, uint64_t moment) {
    while (clock_now() < moment) pump(run);
}

// Listeners come first in `connections`, so that nobody talks before somebody hears.
static const struct planned **in_order(const struct plan *plan) {
    const struct planned **order = need(NULL, plan->count * sizeof *order);
    const struct planned **listener = order, **sender = order + plan->count - plan->senders;
    for (size_t i = 0; i < plan->count; i++) *(plan->sockets[i].sends ? sender++ : listener++) = &plan->sockets[i];
    return order;
}

static void connect_all(struct run *run) {
    struct exchange *exchange = run->exchange;
    const struct planned **order = in_order(run->plan);
    size_t count = run->plan->count, started = 0;
    uint64_t deadline = after(exchange->options->patience);
    while (exchange->ready + exchange->failed < count && clock_now() < deadline) {
        for (; started < count && started - exchange->ready - exchange->failed < exchange->options->connecting; started++)
            connection_start(&run->connections[started], order[started], exchange->poll);
        pump(run);
    }
    free(order);
    size_t missing = count - exchange->ready - exchange->failed;
    if (missing) fprintf(stderr, "wsload: %zu sockets are not open after %.0f s\n", missing, exchange->options->patience);
    exchange->failed += missing;
}

// The next sender whose socket is open, in turn; NULL if none is left.
static struct connection *next_sender(struct run *run) {
    struct connection *senders = run->connections + (run->plan->count - run->plan->senders);
    for (size_t tried = 0; tried < run->plan->senders; tried++) {
        struct connection *sender = &senders[run->turn++ % run->plan->senders];
        if (sender->stage == READY) return sender;
    }
    return NULL;
}

static void send_due(struct run *run) {
    while (run->sending && run->due <= (double)clock_now()) {
        struct connection *sender = next_sender(run);
        if (sender) exchange_send(run->exchange, sender, (uint64_t)run->due);
        run->due += -log(1 - drand48()) / run->exchange->options->rate * 1e9;
    }
    uint64_t due = run->sending ? (uint64_t)run->due : 0;
    struct itimerspec next = {.it_value = {(time_t)(due / 1000000000u), (long)(due % 1000000000u)}};
    timerfd_settime(run->timer, TFD_TIMER_ABSTIME, &next, NULL);
}

static void begin_sending(struct run *run) {
    if (run->exchange->options->rate > 0) {
        run->sending = true;
        run->due = (double)clock_now();
        send_due(run);
        return;
    }
    run->exchange->replenishing = true;
    for (size_t i = 0; i < run->plan->senders; i++) {
        struct connection *sender = next_sender(run);
        if (sender) exchange_fill(run->exchange, sender);
    }
}

static void end_sending(struct run *run) {
    run->sending = run->exchange->replenishing = false;
    if (run->exchange->options->rate > 0) send_due(run);
}

// Waits for all that is under way, as long as anything still arrives.
static void drain(struct run *run) {
    const struct counts *all = &run->exchange->all;
    uint64_t deadline = after(2), seen = 0;
    while ((all->acked < all->sent || all->delivered < all->sent) && clock_now() < deadline) {
        pump(run);
        if (all->acked + all->delivered != seen) deadline = after(2);
        seen = all->acked + all->delivered;
    }
}

static void measure(struct run *run) {
    struct exchange *exchange = run->exchange;
    struct window *window = &exchange->windows[exchange->window_count++];
    *window = (struct window){.begin = clock_now(), .end = after(exchange->options->seconds)};
    exchange->measuring = window;
    double processor = clock_processor_seconds();
    fputs("measuring\n", stderr);
    pump_until(run, window->end);
    exchange->measuring = NULL;
    fputs("measured\n", stderr);
    window->seconds = (double)(clock_now() - window->begin) / 1e9;
    window->processor_share = (clock_processor_seconds() - processor) / window->seconds;
}

static void prepare(struct run *run) {
    struct rlimit files = {1048576, 1048576};
    if (setrlimit(RLIMIT_NOFILE, &files)) {
        getrlimit(RLIMIT_NOFILE, &files);
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
    }
    run->exchange->poll = epoll_create1(0);
    run->timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
    struct epoll_event ring = {.events = EPOLLIN, .data.ptr = run};
    if (epoll_ctl(run->exchange->poll, EPOLL_CTL_ADD, run->timer, &ring)) fail("epoll: %s", strerror(errno));
    run->exchange->windows = need(NULL, run->exchange->options->windows * sizeof *run->exchange->windows);
    run->connections = need(NULL, run->plan->count * sizeof *run->connections);
    memset(run->connections, 0, run->plan->count * sizeof *run->connections);
    for (size_t i = 0, pairs = run->plan->senders; i < pairs; i++) {
        run->connections[i].partner = &run->connections[pairs + i];
        run->connections[pairs + i].partner = &run->connections[i];
    }
}

double load_run(struct exchange *exchange, const struct plan *plan) {
    struct run run = {.exchange = exchange, .plan = plan};
    prepare(&run);
    uint64_t started = clock_now();
    connect_all(&run);
    double connecting = (double)(clock_now() - started) / 1e9;
    pump_until(&run, after(exchange->options->settle));
    begin_sending(&run);
    pump_until(&run, after(exchange->options->warm));
    for (size_t i = 0; i < exchange->options->windows; i++) measure(&run);
    end_sending(&run);
    drain(&run);
    for (size_t i = 0; i < plan->count; i++) exchange_part(exchange, &run.connections[i]);
    return connecting;
}
