#include "connection.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

static const size_t READ_SIZE = 4096;

static void watch(struct connection *connection, int poll, int operation, uint32_t events) {
    struct epoll_event event = {.events = events, .data.ptr = connection};
    if (epoll_ctl(poll, operation, connection->fd, &event)) fail("epoll: %s", strerror(errno));
}

void connection_start(struct connection *connection, const struct planned *planned, int poll) {
    int yes = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (fd < 0) fail("no socket: %s", strerror(errno));
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    *connection = (struct connection){
        .planned = planned, .stage = CONNECTING, .fd = fd, .blocked = true, .partner = connection->partner};
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)planned->port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    // A refusal at once is reported by epoll as well, so there is one place that sees it.
    if (connect(fd, (struct sockaddr *)&address, sizeof address) && errno != EINPROGRESS && errno != ECONNREFUSED)
        fail("can't connect to port %d: %s", planned->port, strerror(errno));
    watch(connection, poll, EPOLL_CTL_ADD, EPOLLIN | EPOLLOUT);
}

bool connection_upgrade(struct connection *connection, int poll) {
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(connection->fd, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error) {
        const char *reason = strerror(error);
        bytes_append(&connection->in, reason, strlen(reason));
        return false;
    }
    connection->stage = UPGRADING;
    websocket_upgrade(&connection->out, connection->planned->path, connection->planned->port);
    connection_flush(connection, poll);
    return true;
}

void connection_send(struct connection *connection, int poll, int kind, const void *payload, size_t length) {
    bool idle = !connection->out.length;
    websocket_encode(&connection->out, kind, payload, length);
    // Otherwise it is waiting for the kernel to have room again, which flushes.
    if (idle) connection_flush(connection, poll);
}

void connection_flush(struct connection *connection, int poll) {
    ssize_t gone = send(connection->fd, connection->out.data, connection->out.length, MSG_NOSIGNAL);
    if (gone > 0) bytes_drop_front(&connection->out, (size_t)gone);
    bool blocked = connection->out.length != 0;
    if (blocked == connection->blocked) return;
    connection->blocked = blocked;
    watch(connection, poll, EPOLL_CTL_MOD, EPOLLIN | (blocked ? EPOLLOUT : 0));
}

bool connection_receive(struct connection *connection) {
    for (;;) {
        uint8_t *room = bytes_room(&connection->in, READ_SIZE);
        ssize_t got = recv(connection->fd, room, READ_SIZE, 0);
        if (got < 0 && errno == EAGAIN) return true;
        if (got <= 0) return false;
        connection->in.length += (size_t)got;
        if ((size_t)got < READ_SIZE) return true;
    }
}

void connection_close(struct connection *connection) {
    connection->stage = CLOSED;
    close(connection->fd);
}
