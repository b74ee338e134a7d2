// Who connects where and says what first: a text file with one instruction a line.
//   sender <port> <path>     a new socket that sends messages
//   listener <port> <path>   a new socket that messages are delivered to
//   open <frame>             what this socket says first; several are said one after the other
//   expect <text>            the frame before is answered by one that holds this text: wait for it
//   message <template>       what this sender sends (see message.h)
// What the first sender sends is delivered to the first listener, and so on. Listeners connect first.
#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "message.h"

struct opening {
    const char *frame;
    const char *expected;  // NULL: go on at once
};

struct planned {
    bool sends;
    int port;
    const char *path;
    struct opening *openings;
    size_t opening_count;
    struct message message;
};

struct plan {
    struct planned *sockets;
    size_t count;
    size_t senders;
};

struct plan plan_read(const char *file);
