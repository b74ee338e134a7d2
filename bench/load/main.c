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

static void print_sockets(const struct plan *plan, const struct exchange *exchange) {
    printf("\"sockets\": {\"planned\": %zu, \"failed\": %zu, \"closed\": %zu}, ", plan->count, exchange->failed,
           exchange->closed);
}

static void report(const struct plan *plan, struct exchange *exchange, const struct outcome *outcome) {
    printf("{\"valid\": %s, \"processor_share\": %.3f, \"connecting\": %.3f, \"seconds\": %.3f, ",
           outcome->processor_share < LARGEST_SHARE ? "true" : "false", outcome->processor_share,
           outcome->connecting, outcome->seconds);
    print_sockets(plan, exchange);
    print_counts("measured", &exchange->measured);
    print_counts("all", &exchange->all);
    printf("\"refused\": %" PRIu64 ", \"disordered\": %" PRIu64 ", \"strange\": %" PRIu64 ", \"others\": %" PRIu64
           ", ",
           exchange->refused, exchange->disordered, exchange->strange, exchange->others);
    samples_print("ack_ms", &exchange->acks);
    fputs(", ", stdout);
    samples_print("delivery_ms", &exchange->deliveries);
    fputs(", ", stdout);
    samples_print("late_ms", &exchange->lateness);
    puts("}");
}

int main(int count, char **words) {
    signal(SIGPIPE, SIG_IGN);
    struct options options = options_read(count, words);
    struct plan plan = plan_read(options.plan);
    struct exchange exchange = {.options = &options};
    struct outcome outcome = load_run(&exchange, &plan);
    report(&plan, &exchange, &outcome);
    return 0;
}
