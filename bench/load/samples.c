#include "samples.h"

#include <stdio.h>
#include <stdlib.h>

#include "memory.h"

void samples_add(struct samples *samples, uint64_t nanoseconds) {
    if (samples->count == samples->capacity) {
        samples->capacity = samples->capacity ? samples->capacity * 2 : 65536;
        samples->microseconds = need(samples->microseconds, samples->capacity * sizeof *samples->microseconds);
    }
    uint64_t microseconds = nanoseconds / 1000;
    samples->microseconds[samples->count++] = microseconds > UINT32_MAX ? UINT32_MAX : (uint32_t)microseconds;
}

static int ascending(const void *left, const void *right) {
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

static double percentile(const struct samples *samples, double share) {
    return samples->microseconds[(size_t)((double)(samples->count - 1) * share)] / 1000.0;
}

void samples_print(const char *name, struct samples *samples) {
    if (!samples->count) {
        printf("\"%s\": null", name);
        return;
    }
    qsort(samples->microseconds, samples->count, sizeof *samples->microseconds, ascending);
    printf("\"%s\": {\"count\": %zu, \"p50\": %.3f, \"p90\": %.3f, \"p99\": %.3f, \"max\": %.3f}", name,
           samples->count, percentile(samples, 0.5), percentile(samples, 0.9), percentile(samples, 0.99),
           percentile(samples, 1));
}
