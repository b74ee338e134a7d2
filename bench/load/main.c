// wsload: loads a chat server on this machine and measures it. `wsload --help` says how.
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>

#include "load.h"

// Beyond this the generator is what limits, not what it measures.
static const double LARGEST_SHARE = 0.9;

static void print_counts(const char *name, const struct counts *counts) {
    printf("\"%s\": {\"sent\": %" PRIu64 ", \"acked\": %" PRIu64 ", \"delivered\": %" PRIu64 "}, ", name,
           counts->sent, counts->acked, counts->delivered);
}

static void print_window(struct window *window) {
    printf("{\"seconds\": %.3f, \"processor_share\": %.3f, ", window->seconds, window->processor_share);
    print_counts("counts", &window->counts);
    samples_print("ack_ms", &window->acks);
    fputs(", ", stdout);
    samples_print("delivery_ms", &window->deliveries);
    fputs(", ", stdout);
    samples_print("late_ms", &window->lateness);
    putchar('}');
}

static bool is_valid(const struct exchange *exchange) {
    for (size_t i = 0; i < exchange->window_count; i++)
        if (exchange->windows[i].processor_share >= LARGEST_SHARE) return false;
    return true;
}

static void report(const struct plan *plan, struct exchange *exchange, double connecting) {
    printf("{\"valid\": %s, \"connecting\": %.3f, ", is_valid(exchange) ? "true" : "false", connecting);
    printf("\"sockets\": {\"planned\": %zu, \"failed\": %zu, \"closed\": %zu}, ", plan->count, exchange->failed,
           exchange->closed);
    print_counts("all", &exchange->all);
    printf("\"refused\": %" PRIu64 ", \"disordered\": %" PRIu64 ", \"strange\": %" PRIu64 ", \"others\": %" PRIu64
           ", \"windows\": [",
           exchange->refused, exchange->disordered, exchange->strange, exchange->others);
    for (size_t i = 0; i < exchange->window_count; i++) {
        if (i) fputs(", ", stdout);
        print_window(&exchange->windows[i]);
    }
    puts("]}");
}

int main(int count, char **words) {
    signal(SIGPIPE, SIG_IGN);
    struct options options = options_read(count, words);
    struct plan plan = plan_read(options.plan);
    struct exchange exchange = {.options = &options};
    double connecting = load_run(&exchange, &plan);
    report(&plan, &exchange, connecting);
    return 0;
}
