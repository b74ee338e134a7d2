from typing import Any, ClassVar

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.utils import timezone

from bench.naive.models import Agent, Message, Visitor


class ChatConsumer(AsyncJsonWebsocketConsumer):
    """One side of a conversation: a group for each, with both sides in it."""

    async def connect(self) -> None:
        where = self.scope["url_route"]["kwargs"]
        self.side = where["side"]
        self.conversation_id = where["conversation_id"]
        self.group = f"conversation_{self.conversation_id}"
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard(self.group, self.channel_name)

    async def receive_json(self, content: dict[str, Any]) -> None:
        message = await self.save(content)
        await self.send_json({"type": "ack", "ref": content["ref"], "id": message.pk})
        entry = {"id": message.pk, "side": message.side, "client_id": message.client_id, "text": message.text}
        await self.channel_layer.group_send(self.group, {"type": "chat.message", "entry": entry})

    async def chat_message(self, event: dict[str, Any]) -> None:
        await self.send_json({"type": "entry.created", "entry": event["entry"]})

    @database_sync_to_async
    def save(self, content: dict[str, Any]) -> Message:
        return Message.objects.create(
            conversation_id=self.conversation_id,
            side=self.side,
            client_id=content["client_id"],
            text=content["text"],
        )


class StatusConsumer(AsyncJsonWebsocketConsumer):
    """An agent's status: the one command here that is not a message."""

    async def receive_json(self, content: dict[str, Any]) -> None:
        await self.save(content["status"])
        await self.send_json({"type": "ack", "ref": content["ref"]})

    @database_sync_to_async
    def save(self, status: str) -> None:
        Agent.objects.filter(pk=self.scope["url_route"]["kwargs"]["agent_id"]).update(status=status)


class BoardConsumer(AsyncJsonWebsocketConsumer):
    """A visitor of the website: whatever they do is a row, and told to everybody who watches."""

    async def receive_json(self, content: dict[str, Any]) -> None:
        visitor = await self.save(content)
        await self.send_json({"type": "ack", "ref": content["ref"]})
        await self.channel_layer.group_send("board", {"type": "visitor.changed", "visitor": visitor})

    @database_sync_to_async
    def save(self, content: dict[str, Any]) -> dict[str, Any]:
        pk = self.scope["url_route"]["kwargs"]["visitor_id"]
        facts: dict[str, Any] = {"seen_at": timezone.now()}
        if "page" in content:
            facts |= {"url": content["page"]["url"], "title": content["page"]["title"]}
        visitor, _ = Visitor.objects.update_or_create(pk=pk, defaults=facts)
        return {"id": visitor.pk, "url": visitor.url, "title": visitor.title}


class WatchConsumer(AsyncJsonWebsocketConsumer):
    """An agent who watches the board."""

    groups: ClassVar = ["board"]

    async def visitor_changed(self, event: dict[str, Any]) -> None:
        await self.send_json({"type": "board.changed", "visitor": event["visitor"]})


class ColleagueConsumer(AsyncJsonWebsocketConsumer):
    """An agent who hears what concerns all of them."""

    groups: ClassVar = ["colleagues"]

    async def agent_changed(self, event: dict[str, Any]) -> None:
        await self.send_json({"type": "agent.changed", "agent": event["agent"]})


class GreetingConsumer(AsyncJsonWebsocketConsumer):
    """Behind the stock stack: origin, session and user are looked up in the handshake."""

    async def connect(self) -> None:
        if not self.scope["user"].is_authenticated:
            await self.close()
            return
        await self.accept()

    async def receive_json(self, content: dict[str, Any]) -> None:
        await self.send_json({"type": "session.opened", "ref": content["ref"], "user": self.scope["user"].pk})
