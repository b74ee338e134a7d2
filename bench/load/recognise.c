#include "recognise.h"

#include <string.h>

// Where the value of a key begins; `key` is given as `"key":`. NULL if there is none.
static const uint8_t *value(const struct frame *frame, const char *key) {
    size_t length = strlen(key);
    const uint8_t *found = memmem(frame->payload, frame->length, key, length);
    const uint8_t *end = frame->payload + frame->length;
    if (!found) return NULL;
    for (found += length; found < end && *found == ' ';) found++;
    return found;
}

static const uint8_t *digits(const uint8_t *at, const uint8_t *end, uint64_t *number) {
    *number = 0;
    const uint8_t *first = at;
    for (; at < end && *at >= '0' && *at <= '9'; at++) *number = *number * 10 + (uint64_t)(*at - '0');
    return at > first ? at : NULL;
}

bool has_type(const struct frame *frame, const char *type) {
    const uint8_t *at = value(frame, "\"type\":");
    size_t length = strlen(type), left = at ? (size_t)(frame->payload + frame->length - at) : 0;
    return left >= length + 2 && at[0] == '"' && !memcmp(at + 1, type, length) && at[length + 1] == '"';
}

uint64_t ref_of(const struct frame *frame) {
    const uint8_t *at = value(frame, "\"ref\":");
    uint64_t ref;
    return at && digits(at, frame->payload + frame->length, &ref) ? ref : UINT64_MAX;
}

bool stamp_of(const struct frame *frame, uint64_t *stamp, uint64_t *number) {
    const uint8_t *at = value(frame, "\"text\":"), *end = frame->payload + frame->length;
    if (!at || at == end || *at != '"') return false;
    at = digits(at + 1, end, stamp);
    return at && at < end && *at == ' ' && digits(at + 1, end, number);
}

bool holds(const struct frame *frame, const char *text) {
    return memmem(frame->payload, frame->length, text, strlen(text)) != NULL;
}
