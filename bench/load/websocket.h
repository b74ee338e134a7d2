// The WebSocket protocol, as far as a client needs it that offers no extensions.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "memory.h"

enum { TEXT = 1, CLOSE = 8, PING = 9, PONG = 10 };

struct frame {
    int kind;
    const uint8_t *payload;
    size_t length;
};

void websocket_upgrade(struct bytes *into, const char *path, int port);
void websocket_encode(struct bytes *into, int kind, const void *payload, size_t length);
// Returns how many bytes the first whole frame in `data` takes, or 0 while it is not whole.
size_t websocket_decode(const uint8_t *data, size_t length, struct frame *frame);
