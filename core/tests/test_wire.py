import asyncio
import socket
import sys

import pytest

from core.realtime import wire


@pytest.mark.skipif(sys.platform != "linux", reason="other systems name the options otherwise")
async def test_over_a_network_the_other_end_is_asked_for_signs_of_life():
    """Else a subscriber, who only listens, would wait for ever for one that has vanished."""
    server = await asyncio.start_server(lambda reader, writer: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    connection = await wire.connect(f"redis://127.0.0.1:{port}", lambda reply: None, lambda: None)
    assert connection._transport is not None
    own = connection._transport.get_extra_info("socket")
    assert own.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 1
    idle, pause, times = (
        own.getsockopt(socket.IPPROTO_TCP, option)
        for option in (socket.TCP_KEEPIDLE, socket.TCP_KEEPINTVL, socket.TCP_KEEPCNT)
    )
    assert idle + pause * times <= 30
    connection.close()
    server.close()
