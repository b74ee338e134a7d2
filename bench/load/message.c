#include "message.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *text;
    int kind;
} PLACES[] = {{"@ref@", REF}, {"@uuid@", UUID}, {"@stamp@", STAMP}};

static void add(struct message *message, int kind, const char *text, size_t length) {
    message->pieces = need(message->pieces, (message->count + 1) * sizeof *message->pieces);
    message->pieces[message->count++] = (struct piece){.kind = kind, .text = text, .length = length};
}

// Which place begins at `text`, as its index in PLACES, or -1.
static int place_at(const char *text) {
    for (size_t i = 0; *text == '@' && i < sizeof PLACES / sizeof *PLACES; i++)
        if (!strncmp(text, PLACES[i].text, strlen(PLACES[i].text))) return (int)i;
    return -1;
}

struct message message_parse(const char *template) {
    struct message message = {0};
    const char *literal = template, *at = template;
    while (*at) {
        int place = place_at(at);
        if (place < 0) {
            at++;
            continue;
        }
        add(&message, LITERAL, literal, (size_t)(at - literal));
        add(&message, PLACES[place].kind, NULL, 0);
        literal = at += strlen(PLACES[place].text);
    }
    add(&message, LITERAL, literal, strlen(literal));
    return message;
}

// xorshift64*: names need to differ, not to be secret.
static uint64_t random_bits(void) {
    static uint64_t state;
    if (!state) {
        FILE *source = fopen("/dev/urandom", "rb");
        if (!source || fread(&state, sizeof state, 1, source) != 1) fail("no random numbers");
        fclose(source);
        state |= 1;
    }
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return state * 2685821657736338717u;
}

static void render_uuid(struct bytes *into) {
    static const char DIGITS[] = "0123456789abcdef";
    uint64_t halves[2] = {random_bits(), random_bits()};
    char text[36];
    for (size_t i = 0, nibble = 0; i < sizeof text; i++) {
        if (i == 8 || i == 13 || i == 18 || i == 23) text[i] = '-';
        else if (i == 14) text[i] = '4', nibble++;
        else if (i == 19) text[i] = '8', nibble++;
        else text[i] = DIGITS[halves[nibble / 16] >> (nibble % 16 * 4) & 15], nibble++;
    }
    bytes_append(into, text, sizeof text);
}

static void render_number(struct bytes *into, uint64_t number) {
    char digits[20];
    size_t first = sizeof digits;
    do digits[--first] = (char)('0' + number % 10);
    while (number /= 10);
    bytes_append(into, digits + first, sizeof digits - first);
}

void message_render(const struct message *message, uint64_t ref, uint64_t stamp, uint64_t number,
                    struct bytes *into) {
    for (size_t i = 0; i < message->count; i++) {
        const struct piece *piece = &message->pieces[i];
        switch (piece->kind) {
        case LITERAL: bytes_append(into, piece->text, piece->length); break;
        case REF: render_number(into, ref); break;
        case UUID: render_uuid(into); break;
        case STAMP:
            render_number(into, stamp);
            bytes_append(into, " ", 1);
            render_number(into, number);
        }
    }
}
