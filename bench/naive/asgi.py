"""Served by `uvicorn bench.naive.asgi:application`."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.naive.settings")

from django.core.asgi import get_asgi_application

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter
from django.urls import path

from bench.naive import consumers

application = ProtocolTypeRouter(
    {
        "http": django_application,
        "websocket": URLRouter(
            [
                path("conversation/<int:conversation_id>/<str:side>/", consumers.ChatConsumer.as_asgi()),
                path("status/<int:agent_id>/", consumers.StatusConsumer.as_asgi()),
            ]
        ),
    }
)
