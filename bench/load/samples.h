// Durations, kept whole so that percentiles are exact.
#pragma once
#include <stddef.h>
#include <stdint.h>

struct samples {
    uint32_t *microseconds;
    size_t count;
    size_t capacity;
};

void samples_add(struct samples *samples, uint64_t nanoseconds);
// Writes `"name": {"count": …, "p50": …}` in milliseconds, or null where there are none. Sorts them.
void samples_print(const char *name, struct samples *samples);
