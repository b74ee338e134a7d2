"""`python -m config.live`: one process for sockets and, in `make run`, pages."""

import gc
import os

import uvicorn

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")


def main() -> None:
    # The application must be loaded first: core.realtime.server reads Django's settings.
    from django.conf import settings

    from config.asgi import application
    from core.realtime import server

    _spare_the_collector()
    uvicorn.run(
        application,
        host=os.environ.get("HOST") or "localhost",
        port=int(os.environ.get("PORT") or 8000),
        loop="uvloop",
        http="httptools",
        ws=server.DirectWebSocket,
        ws_max_size=server.PARSER_LIMIT,
        ws_ping_interval=settings.PING_INTERVAL,
        ws_ping_timeout=settings.PING_TIMEOUT,
        # Short frames; compression would cost more than it saves, and memory for each socket.
        ws_per_message_deflate=False,
        access_log=False,
        log_level="warning",
        backlog=4096,
        lifespan="on",
        timeout_graceful_shutdown=5,
    )


def _spare_the_collector() -> None:
    """With thousands of sockets a full collection takes 80 to 600 ms in which every socket waits.

    Nearly everything here is freed by its count; what was loaded at the start never goes.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


if __name__ == "__main__":
    main()
