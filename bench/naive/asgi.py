"""Served by `uvicorn bench.naive.asgi:application`."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.naive.settings")

from django.core.asgi import get_asgi_application

django_application = get_asgi_application()

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.urls import path

from bench.naive import consumers

application = ProtocolTypeRouter(
    {
        "http": django_application,
        "websocket": URLRouter(
            [
                path("conversation/<int:conversation_id>/<str:side>/", consumers.ChatConsumer.as_asgi()),
                path("status/<int:agent_id>/", consumers.StatusConsumer.as_asgi()),
                path("board/<int:visitor_id>/", consumers.BoardConsumer.as_asgi()),
                path("board/", consumers.WatchConsumer.as_asgi()),
                path("colleagues/", consumers.ColleagueConsumer.as_asgi()),
                path(
                    "greet/",
                    AllowedHostsOriginValidator(AuthMiddlewareStack(consumers.GreetingConsumer.as_asgi())),
                ),
            ]
        ),
    }
)
