// Finds in a JSON frame what the generator needs, without parsing the rest. It looks for keys where they
// first stand; the texts it sends itself hold none.
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "websocket.h"

// Is this the frame's "type"?
bool has_type(const struct frame *frame, const char *type);
// The number after "ref", or UINT64_MAX.
uint64_t ref_of(const struct frame *frame);
// The stamp that message.h put at the beginning of "text".
bool stamp_of(const struct frame *frame, uint64_t *stamp, uint64_t *number);
bool holds(const struct frame *frame, const char *text);
