"""`python -m config.live`: one process for sockets and, in `make run`, pages."""

import asyncio
import contextlib
import gc
import os
import socket
import sys

import uvicorn

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")


class Server(uvicorn.Server):
    """Before it ends it sends its sockets elsewhere, so that a restart of one of several drops nothing."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        from django.conf import settings

        from core.realtime import roster

        roster.is_moving = True
        # Whoever stands in front has asked /readyz by then, and sends nobody any more.
        await asyncio.sleep(settings.MOVE_NOTICE)
        for server in self.servers:
            server.close()
        # What comes over a connection that is kept would come here all the same.
        for connection in list(self.server_state.connections):
            if not hasattr(connection, "on_text"):
                connection.shutdown()
        await roster.move(settings.MOVE_SECONDS)
        await super().shutdown(sockets)


def main() -> None:
    # The application must be loaded first: core.realtime.server reads Django's settings.
    from django.conf import settings

    from config import asgi
    from core.realtime.http.direct import DirectHttp
    from core.realtime.server import PARSER_LIMIT, DirectWebSocket

    DirectHttp.sessions = asgi.sessions

    _spare_the_collector()
    configuration = uvicorn.Config(
        asgi.application,
        host=os.environ.get("HOST") or "localhost",
        port=int(os.environ.get("PORT") or 8000),
        loop="uvloop",
        http=DirectHttp,
        ws=DirectWebSocket,
        ws_max_size=PARSER_LIMIT,
        ws_ping_interval=settings.PING_INTERVAL,
        ws_ping_timeout=settings.PING_TIMEOUT,
        # Short frames; compression would cost more than it saves, and memory for each socket.
        ws_per_message_deflate=False,
        # Whose word is taken on where a request comes from is for config/edge.py to say.
        proxy_headers=False,
        access_log=False,
        # Its lines go where all our lines go.
        log_config=None,
        log_level="warning",
        backlog=4096,
        lifespan="on",
        timeout_graceful_shutdown=5,
    )
    server = Server(configuration)
    with contextlib.suppress(KeyboardInterrupt):
        server.run()
    if not server.started:
        sys.exit(1)


def _spare_the_collector() -> None:
    """With thousands of sockets a full collection takes 80 to 600 ms in which every socket waits.

    Nearly everything here is freed by its count; what was loaded at the start never goes.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


if __name__ == "__main__":
    main()
