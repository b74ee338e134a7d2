#include "plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void add_socket(struct plan *plan, bool sends, const char *words, size_t line) {
    struct planned socket = {.sends = sends};
    char *path;
    if (sscanf(words, "%d %ms", &socket.port, &path) != 2) fail("plan line %zu: port and path expected", line);
    socket.path = path;
    plan->sockets = need(plan->sockets, (plan->count + 1) * sizeof *plan->sockets);
    plan->sockets[plan->count++] = socket;
    plan->senders += sends;
}

static void add_opening(struct planned *socket, const char *frame) {
    socket->openings = need(socket->openings, (socket->opening_count + 1) * sizeof *socket->openings);
    socket->openings[socket->opening_count++] = (struct opening){.frame = frame};
}

static void detail(struct planned *socket, const char *word, const char *rest, size_t line) {
    if (!strcmp(word, "open")) add_opening(socket, rest);
    else if (!strcmp(word, "expect") && socket->opening_count)
        socket->openings[socket->opening_count - 1].expected = rest;
    else if (!strcmp(word, "message")) socket->message = message_parse(rest);
    else fail("plan line %zu: what is \"%s\"?", line, word);
}

static void understand(struct plan *plan, const char *text, size_t line) {
    size_t length = strcspn(text, " ");
    const char *word = need_copy(text, length), *rest = text + length + (text[length] != 0);
    if (!strcmp(word, "sender")) add_socket(plan, true, rest, line);
    else if (!strcmp(word, "listener")) add_socket(plan, false, rest, line);
    else if (plan->count) detail(&plan->sockets[plan->count - 1], word, rest, line);
    else fail("plan line %zu: sender or listener expected", line);
}

struct plan plan_read(const char *file) {
    FILE *source = fopen(file, "r");
    if (!source) fail("can't read the plan %s", file);
    struct plan plan = {0};
    char *text = NULL;
    size_t capacity = 0, line = 0;
    for (ssize_t length; (length = getline(&text, &capacity, source)) >= 0;) {
        line++;
        if (length && text[length - 1] == '\n') length--;
        // The plan lives as long as the program: what is copied here is never freed.
        if (length) understand(&plan, need_copy(text, (size_t)length), line);
    }
    free(text);
    fclose(source);
    for (size_t i = 0; i < plan.count; i++)
        if (plan.sockets[i].sends && !plan.sockets[i].message.count) fail("the plan has a sender without message");
    if (!plan.senders || plan.count != 2 * plan.senders) fail("the plan needs as many listeners as senders");
    return plan;
}
