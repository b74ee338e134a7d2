from django.urls import path, re_path

from chat.consumers.agent import AgentSocket
from chat.consumers.visitor import VisitorSocket
from core.realtime.sockets import nowhere

sockets = [
    path("live/c/<int:company_id>/visitor", VisitorSocket.as_asgi()),
    path("live/c/<int:company_id>/agent", AgentSocket.as_asgi()),
    re_path("", nowhere),  # type: ignore[arg-type]
]
