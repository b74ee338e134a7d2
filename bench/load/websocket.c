#include "websocket.h"

#include <stdio.h>

// Anything will do: masks protect proxies on the way, and there is none.
static const uint8_t MASK[4] = {0x37, 0xfa, 0x21, 0x3d};

void websocket_upgrade(struct bytes *into, const char *path, int port) {
    char request[2048];
    int length = snprintf(request, sizeof request,
                          "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nOrigin: http://127.0.0.1:%d\r\n"
                          "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
                          path, port, port);
    if (length >= (int)sizeof request) fail("the path %s is too long", path);
    bytes_append(into, request, (size_t)length);
}

void websocket_encode(struct bytes *into, int kind, const void *payload, size_t length) {
    if (length > UINT16_MAX) fail("a frame of %zu bytes is too long", length);
    uint8_t *head = bytes_room(into, 8 + length), *at = head;
    *at++ = (uint8_t)(0x80 | kind);
    *at++ = (uint8_t)(0x80 | (length < 126 ? length : 126));
    if (length >= 126) *at++ = (uint8_t)(length >> 8), *at++ = (uint8_t)length;
    for (size_t i = 0; i < 4; i++) *at++ = MASK[i];
    const uint8_t *plain = payload;
    for (size_t i = 0; i < length; i++) *at++ = plain[i] ^ MASK[i & 3];
    into->length += (size_t)(at - head);
}

size_t websocket_decode(const uint8_t *data, size_t length, struct frame *frame) {
    if (length < 2) return 0;
    size_t head = 2, payload = data[1] & 127, wide = payload == 126 ? 2 : payload == 127 ? 8 : 0;
    if (length < head + wide) return 0;
    if (wide) payload = 0;
    for (size_t i = 0; i < wide; i++) payload = payload << 8 | data[head + i];
    head += wide;
    if (length < head + payload) return 0;
    *frame = (struct frame){.kind = data[0] & 15, .payload = data + head, .length = payload};
    return head + payload;
}
