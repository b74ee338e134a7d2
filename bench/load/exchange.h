// What is said on the sockets, and the books about it.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "connection.h"
#include "options.h"
#include "samples.h"

struct counts {
    uint64_t sent, acked, delivered;
};

// A measured time. Its latencies are those of messages that were due within it, whenever they were answered.
struct window {
    uint64_t begin, end;
    struct counts counts;
    struct samples acks, deliveries, lateness;
    double seconds;
    double processor_share;  // of one core, the generator's own
};

struct exchange {
    const struct options *options;
    int poll;
    size_t ready, failed, closed;
    struct counts all;
    // Deliveries that came twice, late or after a gap; answers to nothing; frames of no interest.
    uint64_t disordered, strange, refused, others;
    struct window *windows;
    size_t window_count;
    struct window *measuring;  // the newest window while it lasts, else NULL
    bool replenishing;
};

void exchange_event(struct exchange *exchange, struct connection *connection, uint32_t events);
void exchange_send(struct exchange *exchange, struct connection *sender, uint64_t due);
// Brings the sender's messages under way (not yet both answered and delivered) up to the window.
void exchange_fill(struct exchange *exchange, struct connection *sender);
void exchange_part(struct exchange *exchange, struct connection *connection);
