#include "memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void fail(const char *format, ...) {
    va_list values;
    va_start(values, format);
    fputs("wsload: ", stderr);
    vfprintf(stderr, format, values);
    fputc('\n', stderr);
    va_end(values);
    exit(1);
}

void *need(void *old, size_t size) {
    void *memory = realloc(old, size);
    if (!memory) fail("out of memory");
    return memory;
}

char *need_copy(const char *text, size_t length) {
    char *copy = need(NULL, length + 1);
    memcpy(copy, text, length);
    copy[length] = 0;
    return copy;
}

uint8_t *bytes_room(struct bytes *bytes, size_t more) {
    if (bytes->capacity - bytes->length < more) {
        bytes->capacity = (bytes->length + more) * 2;
        bytes->data = need(bytes->data, bytes->capacity);
    }
    return bytes->data + bytes->length;
}

void bytes_append(struct bytes *bytes, const void *data, size_t length) {
    memcpy(bytes_room(bytes, length), data, length);
    bytes->length += length;
}

void bytes_drop_front(struct bytes *bytes, size_t length) {
    bytes->length -= length;
    memmove(bytes->data, bytes->data + length, bytes->length);
}
