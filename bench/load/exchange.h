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

struct exchange {
    const struct options *options;
    int poll;
    size_t ready, failed, closed;
    struct counts all, measured;
    // Deliveries that came twice, late or after a gap; answers to nothing; frames of no interest.
    uint64_t disordered, strange, refused, others;
    // Latencies count for messages that were due from `begin` up to `end`.
    uint64_t begin, end;
    bool measuring, replenishing;
    struct samples acks, deliveries, lateness;
};

void exchange_event(struct exchange *exchange, struct connection *connection, uint32_t events);
void exchange_send(struct exchange *exchange, struct connection *sender, uint64_t due);
// Brings the sender's messages under way (not yet both answered and delivered) up to the window.
void exchange_fill(struct exchange *exchange, struct connection *sender);
void exchange_part(struct exchange *exchange, struct connection *connection);
