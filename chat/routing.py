from django.urls import path

from chat.consumers.agent import AgentSocket
from chat.consumers.visitor import VisitorSocket

sockets = [
    path("live/c/<int:company_id>/visitor", VisitorSocket.as_asgi()),
    path("live/c/<int:company_id>/agent", AgentSocket.as_asgi()),
]
