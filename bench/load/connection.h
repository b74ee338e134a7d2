// One socket: bytes in and out without blocking, the upgrade, and where it is in its opening.
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "memory.h"
#include "plan.h"
#include "websocket.h"

enum stage { UNUSED, CONNECTING, UPGRADING, OPENING, READY, CLOSED };

struct connection {
    const struct planned *planned;
    enum stage stage;
    int fd;
    size_t opening;  // the one whose answer is awaited
    struct bytes in, out;
    bool blocked;  // what is in `out` waits for the kernel to have room
    // Of a sender the listener, of a listener the sender: the n-th of one kind belongs to the n-th of the other.
    struct connection *partner;
    // A sender's: when each message was due, by number; 0 once it is answered.
    uint64_t *due;
    size_t sent, due_capacity, answered;
    // A listener's: how many messages it has had, and the highest number among them.
    uint64_t received, highest;
};

// Begins to connect; everything but the partner is set anew.
void connection_start(struct connection *connection, const struct planned *planned, int poll);
// The kernel has accepted the connection or not: asks for the upgrade. False if it failed.
bool connection_upgrade(struct connection *connection, int poll);
void connection_send(struct connection *connection, int poll, int kind, const void *payload, size_t length);
void connection_flush(struct connection *connection, int poll);
// Reads what is there. False once the other side has closed.
bool connection_receive(struct connection *connection);
void connection_close(struct connection *connection);
