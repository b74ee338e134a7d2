// A message template with places that are filled in anew for each message:
//   @ref@    the number the answer is recognised by
//   @uuid@   a fresh UUID
//   @stamp@  "<nanoseconds> <count>": when it was due, and its number among this sender's, from 1
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "memory.h"

struct piece {
    enum { LITERAL, REF, UUID, STAMP } kind;
    const char *text;
    size_t length;
};

struct message {
    struct piece *pieces;
    size_t count;
};

struct message message_parse(const char *template);
void message_render(const struct message *message, uint64_t ref, uint64_t stamp, uint64_t number,
                    struct bytes *into);
