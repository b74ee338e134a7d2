// What the command line says.
#pragma once
#include <stddef.h>

struct options {
    const char *plan;
    // The "type" of the frames that are recognised.
    const char *ack, *delivery, *refusal;
    // One of these two: messages a second altogether, or messages under way for each sender.
    double rate;
    size_t window;
    double settle, warm, seconds, patience;
    size_t connecting, windows;
};

struct options options_read(int count, char **words);
