"""Sockets, and in `make run` pages too."""

import os
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")
django.setup(set_prefix=False)

from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from django.core.asgi import get_asgi_application  # noqa: E402

from chat import routing, runtime  # noqa: E402
from config import collectors, edge  # noqa: E402
from core.realtime import lag  # noqa: E402
from core.realtime.http.door import Door  # noqa: E402


async def lifespan(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Start what the process has once with the server, and end it with the server."""
    await receive()
    started = await runtime.start()
    fan_out = lag.Lag(started.hub)
    fan_out.start()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await fan_out.stop()
    await sessions.stop()
    await runtime.stop()
    await send({"type": "lifespan.shutdown.complete"})


sessions = routing.sessions
collectors.of_live()
application = edge.asgi(
    ProtocolTypeRouter(
        {
            "http": Door(sessions, otherwise=get_asgi_application()),
            "websocket": URLRouter(routing.sockets),
            "lifespan": lifespan,
        }
    )
)
