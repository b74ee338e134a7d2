#include "exchange.h"

#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>

#include "clock.h"
#include "recognise.h"

// Lower numbers are for the frames that open a socket.
static const uint64_t FIRST_REF = 1000;
static const size_t TOLD = 3;

static void lose(struct exchange *exchange, struct connection *connection, const void *why, size_t length) {
    bool was_ready = connection->stage == READY;
    size_t *count = was_ready ? &exchange->closed : &exchange->failed;
    if (++*count <= TOLD)
        fprintf(stderr, "wsload: a %s on port %d %s: %.*s\n", connection->planned->sends ? "sender" : "listener",
                connection->planned->port, was_ready ? "was closed" : "did not open",
                (int)(length > 300 ? 300 : length), (const char *)why);
    exchange->ready -= was_ready;
    connection_close(connection);
}

static void say_opening(struct exchange *exchange, struct connection *connection) {
    const struct planned *planned = connection->planned;
    for (; connection->opening < planned->opening_count; connection->opening++) {
        const struct opening *opening = &planned->openings[connection->opening];
        connection_send(connection, exchange->poll, TEXT, opening->frame, strlen(opening->frame));
        if (opening->expected) return;
    }
    connection->stage = READY;
    exchange->ready++;
}

static void hear_opening(struct exchange *exchange, struct connection *connection, const struct frame *frame) {
    if (has_type(frame, exchange->options->refusal)) lose(exchange, connection, frame->payload, frame->length);
    else if (holds(frame, connection->planned->openings[connection->opening].expected)) {
        connection->opening++;
        say_opening(exchange, connection);
    }
}

// The measured time that a message was due in; NULL for none.
static struct window *window_of(const struct exchange *exchange, uint64_t due) {
    for (size_t i = exchange->window_count; i-- > 0;)
        if (due >= exchange->windows[i].begin && due < exchange->windows[i].end) return &exchange->windows[i];
    return NULL;
}

void exchange_send(struct exchange *exchange, struct connection *sender, uint64_t due) {
    static struct bytes text;
    if (sender->sent == sender->due_capacity) {
        sender->due_capacity = sender->due_capacity ? sender->due_capacity * 2 : 256;
        sender->due = need(sender->due, sender->due_capacity * sizeof *sender->due);
    }
    sender->due[sender->sent] = due;
    text.length = 0;
    message_render(&sender->planned->message, FIRST_REF + sender->sent, due, sender->sent + 1, &text);
    sender->sent++;
    exchange->all.sent++;
    if (exchange->measuring) exchange->measuring->counts.sent++;
    struct window *window = window_of(exchange, due);
    if (window) samples_add(&window->lateness, clock_now() - due);
    connection_send(sender, exchange->poll, TEXT, text.data, text.length);
}

static size_t under_way(const struct connection *sender) {
    uint64_t delivered = sender->partner->received;
    return sender->sent - (sender->answered < delivered ? sender->answered : delivered);
}

void exchange_fill(struct exchange *exchange, struct connection *sender) {
    while (sender->stage == READY && under_way(sender) < exchange->options->window)
        exchange_send(exchange, sender, clock_now());
}

// The message that a ref belongs to: when it was due, once; 0 for what was never asked or is answered.
static uint64_t settle(struct connection *sender, uint64_t ref) {
    uint64_t number = ref - FIRST_REF;
    if (ref < FIRST_REF || number >= sender->sent) return 0;
    uint64_t due = sender->due[number];
    sender->due[number] = 0;
    sender->answered += due != 0;
    return due;
}

static void hear_ack(struct exchange *exchange, struct connection *sender, const struct frame *frame) {
    uint64_t due = settle(sender, ref_of(frame));
    if (!due) {
        exchange->strange++;
        return;
    }
    exchange->all.acked++;
    if (exchange->measuring) exchange->measuring->counts.acked++;
    struct window *window = window_of(exchange, due);
    if (window) samples_add(&window->acks, clock_now() - due);
    if (exchange->replenishing) exchange_fill(exchange, sender);
}

static void hear_refusal(struct exchange *exchange, struct connection *connection, const struct frame *frame) {
    // Not sent again: a refused message is a finding, and a storm of repeats would hide it.
    settle(connection, ref_of(frame));
    if (++exchange->refused <= TOLD)
        fprintf(stderr, "wsload: refused: %.*s\n", (int)frame->length, (const char *)frame->payload);
}

static void hear_delivery(struct exchange *exchange, struct connection *listener, const struct frame *frame) {
    uint64_t due, number;
    if (!stamp_of(frame, &due, &number)) {
        exchange->others++;
        return;
    }
    exchange->disordered += number != listener->highest + 1;
    if (number > listener->highest) listener->highest = number;
    listener->received++;
    exchange->all.delivered++;
    if (exchange->measuring) exchange->measuring->counts.delivered++;
    struct window *window = window_of(exchange, due);
    if (window) samples_add(&window->deliveries, clock_now() - due);
    if (exchange->replenishing) exchange_fill(exchange, listener->partner);
}

static void hear_text(struct exchange *exchange, struct connection *connection, const struct frame *frame) {
    const struct options *options = exchange->options;
    bool sends = connection->planned->sends;
    if (connection->stage == OPENING) hear_opening(exchange, connection, frame);
    else if (sends && has_type(frame, options->ack)) hear_ack(exchange, connection, frame);
    else if (!sends && has_type(frame, options->delivery)) hear_delivery(exchange, connection, frame);
    else if (has_type(frame, options->refusal)) hear_refusal(exchange, connection, frame);
    else exchange->others++;
}

static void hear(struct exchange *exchange, struct connection *connection, const struct frame *frame) {
    // A close frame begins with a code of two bytes; the reason in words follows.
    size_t code = frame->length < 2 ? frame->length : 2;
    switch (frame->kind) {
    case TEXT: hear_text(exchange, connection, frame); break;
    case PING: connection_send(connection, exchange->poll, PONG, frame->payload, frame->length); break;
    case CLOSE: lose(exchange, connection, frame->payload + code, frame->length - code); break;
    default: exchange->others++;
    }
}

static void read_upgrade(struct exchange *exchange, struct connection *connection) {
    struct bytes *in = &connection->in;
    uint8_t *end = memmem(in->data, in->length, "\r\n\r\n", 4);
    if (!end) return;
    if (memcmp(in->data, "HTTP/1.1 101", 12)) {
        lose(exchange, connection, in->data, in->length);
        return;
    }
    bytes_drop_front(in, (size_t)(end + 4 - in->data));
    connection->stage = OPENING;
    say_opening(exchange, connection);
}

static void read_frames(struct exchange *exchange, struct connection *connection) {
    struct bytes *in = &connection->in;
    struct frame frame;
    size_t taken = 0, size;
    while (connection->stage != CLOSED &&
           (size = websocket_decode(in->data + taken, in->length - taken, &frame))) {
        hear(exchange, connection, &frame);
        taken += size;
    }
    bytes_drop_front(in, taken);
}

void exchange_event(struct exchange *exchange, struct connection *connection, uint32_t events) {
    if (connection->stage == CLOSED) return;
    if (connection->stage == CONNECTING) {
        if (!connection_upgrade(connection, exchange->poll))
            lose(exchange, connection, connection->in.data, connection->in.length);
        return;
    }
    if (events & EPOLLOUT) connection_flush(connection, exchange->poll);
    if (!(events & (EPOLLIN | EPOLLHUP | EPOLLERR))) return;
    bool open = connection_receive(connection);
    if (connection->stage == UPGRADING) read_upgrade(exchange, connection);
    if (connection->stage == OPENING || connection->stage == READY) read_frames(exchange, connection);
    if (!open && connection->stage != CLOSED) lose(exchange, connection, "no reason given", 15);
}

void exchange_part(struct exchange *exchange, struct connection *connection) {
    static const uint8_t GOING_AWAY[] = {0x03, 0xe9};
    if (connection->stage != READY) return;
    connection_send(connection, exchange->poll, CLOSE, GOING_AWAY, sizeof GOING_AWAY);
    connection_close(connection);
}
