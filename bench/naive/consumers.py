from typing import Any

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from bench.naive.models import Agent, Message


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
