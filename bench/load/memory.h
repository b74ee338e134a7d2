// Allocation that ends the program with a sentence instead of returning nothing, and growing buffers.
#pragma once
#include <stddef.h>
#include <stdint.h>

_Noreturn void fail(const char *format, ...) __attribute__((format(printf, 1, 2)));
void *need(void *old, size_t size);
char *need_copy(const char *text, size_t length);

struct bytes {
    uint8_t *data;
    size_t length;
    size_t capacity;
};

// Makes room for `more` bytes after those in use and returns where they go.
uint8_t *bytes_room(struct bytes *bytes, size_t more);
void bytes_append(struct bytes *bytes, const void *data, size_t length);
void bytes_drop_front(struct bytes *bytes, size_t length);
