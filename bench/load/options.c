#include "options.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "memory.h"

static const char USAGE[] =
    "usage: wsload --plan FILE (--rate N | --window N) [option …]\n"
    "\n"
    "Sends messages over many WebSockets on this machine and measures how long each takes to be\n"
    "acknowledged to its sender and to be delivered to its listener. One thread, one line of JSON.\n"
    "\n"
    "  --plan FILE       the sockets and what they say (the format is told in plan.h)\n"
    "  --rate N          open loop: N messages a second altogether, at random moments (Poisson), whether\n"
    "                    or not earlier ones are answered; times count from when a message was due\n"
    "  --window N        closed loop: each sender always has N messages under way, that is not yet both\n"
    "                    acknowledged and delivered\n"
    "  --ack TYPE        the type of the frame that answers a message        (default ack)\n"
    "  --delivery TYPE   the type of the frame that brings one to a listener (default entry.created)\n"
    "  --refusal TYPE    the type of the frame that refuses one              (default refused)\n"
    "  --settle SECONDS  pause between connecting and sending                (default 0.5)\n"
    "  --warm SECONDS    sending before measuring                            (default 1)\n"
    "  --seconds SECONDS measuring                                           (default 5)\n"
    "  --windows N       measuring so many times in succession               (default 1)\n"
    "  --connecting N    at most so many sockets connect at the same time    (default 64)\n"
    "  --patience SECONDS for all sockets to be open                         (default 60)\n"
    "\n"
    "On standard error it says \"measuring\" and \"measured\" when a measured time begins and ends.\n"
    "Of its own share of a processor it says \"valid\": false when that is 0.9 or more: then it measured\n"
    "itself.\n";

enum { PLAN = 1, RATE, WINDOW, ACK, DELIVERY, REFUSAL, SETTLE, WARM, SECONDS, CONNECTING_AT_ONCE, PATIENCE, WINDOWS, HELP };

static const struct option WORDS[] = {
    {"plan", 1, 0, PLAN},         {"rate", 1, 0, RATE},       {"window", 1, 0, WINDOW},
    {"ack", 1, 0, ACK},           {"delivery", 1, 0, DELIVERY}, {"refusal", 1, 0, REFUSAL},
    {"settle", 1, 0, SETTLE},     {"warm", 1, 0, WARM},       {"seconds", 1, 0, SECONDS},
    {"connecting", 1, 0, CONNECTING_AT_ONCE}, {"patience", 1, 0, PATIENCE}, {"windows", 1, 0, WINDOWS},
    {"help", 0, 0, HELP},
    {0}};

static double positive(const char *text) {
    char *end;
    double value = strtod(text, &end);
    if (end == text || *end || value < 0) fail("\"%s\" is not a number from 0 upward", text);
    return value;
}

static _Noreturn void usage(FILE *where, int code) {
    fputs(USAGE, where);
    exit(code);
}

static void set(struct options *options, int word, const char *value) {
    switch (word) {
    case PLAN: options->plan = value; break;
    case RATE: options->rate = positive(value); break;
    case WINDOW: options->window = (size_t)positive(value); break;
    case ACK: options->ack = value; break;
    case DELIVERY: options->delivery = value; break;
    case REFUSAL: options->refusal = value; break;
    case SETTLE: options->settle = positive(value); break;
    case WARM: options->warm = positive(value); break;
    case SECONDS: options->seconds = positive(value); break;
    case CONNECTING_AT_ONCE: options->connecting = (size_t)positive(value); break;
    case PATIENCE: options->patience = positive(value); break;
    case WINDOWS: options->windows = (size_t)positive(value); break;
    case HELP: usage(stdout, 0);
    default: usage(stderr, 2);
    }
}

struct options options_read(int count, char **words) {
    struct options options = {.ack = "ack", .delivery = "entry.created", .refusal = "refused", .settle = 0.5,
                              .warm = 1, .seconds = 5, .patience = 60, .connecting = 64, .windows = 1};
    for (int word; (word = getopt_long(count, words, "", WORDS, NULL)) != -1;) set(&options, word, optarg);
    if (!options.plan || (options.rate > 0) == (options.window > 0)) usage(stderr, 2);
    return options;
}
