from channels.routing import URLRouter
from django.urls import path, re_path

from chat import runtime
from chat.consumers.agent import AgentSocket
from chat.consumers.visitor import VisitorSocket
from core.realtime.http.sessions import Sessions
from core.realtime.sockets import nowhere

sockets = [
    path("live/c/<int:company_id>/visitor", VisitorSocket.as_asgi()),
    path("live/c/<int:company_id>/agent", AgentSocket.as_asgi()),
    re_path("", nowhere),  # type: ignore[arg-type]
]

#: The same sockets where no WebSocket gets through.
sessions = Sessions(URLRouter(sockets), hub=lambda: runtime.current().hub)
