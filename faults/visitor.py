import asyncio
import uuid
from typing import Any

from faults.line import Frame
from faults.log import Log
from faults.person import Person

WEBSITE = "https://shop.example"


class Visitor(Person):
    """A page of the website: who they are, their conversation, what they still have to send.

    What `frontend/loader/session.ts` does.
    """

    side = "visitor"

    def __init__(self, name: str, *, talks: bool, **facts: Any) -> None:
        super().__init__(name, origin=WEBSITE, **facts)
        self.talks = talks
        self.token = ""
        self.visitor = ""
        self.availability = ""
        self.page = {"url": f"{WEBSITE}/{name}", "title": name}
        self._current: int | None = None
        #: The conversation that is to end; another one may have been begun since.
        self._ending: int | None = None

    @property
    def log(self) -> Log | None:
        return self.logs.get(self._current) if self._current is not None else None

    async def opening(self) -> Frame:
        return {"type": "session.open", "token": self.token, "page": self.page, "language": "en"}

    def queue_of(self, command: Frame) -> int:
        """One queue: the words that begin a conversation come before those that follow."""
        return 0

    def greeted(self, event: Frame) -> None:
        self.token, self.visitor = event["token"], event["visitor"]
        self.availability = event["availability"]
        self.outbox.flush()
        self.outbox.say_again()
        self.later(self._resume())

    async def _resume(self) -> None:
        if self._ending is not None:
            self.later(self._end(self._ending))
        result = await self.asked({"type": "conversation.current"})
        if result is not None and result["kind"] == "conversation":
            self.take(result)
        for log in list(self.logs.values()):
            if not log.is_ended and log.id != self._current:
                await self.follow(log.id)
        if self.log is not None and (result is None or result["kind"] == "none"):
            await self.follow(self.log.id)

    def take(self, result: Frame) -> None:
        number = result["conversation"]["id"]
        if self._current is None or number > self._current:
            self._current = number
        super().take(result)

    def heard_more(self, event: Frame) -> None:
        kind = event["type"]
        if kind == "availability.changed":
            self.availability = event["availability"]
        elif kind == "conversation.begun" and event["conversation_id"] not in self.logs:
            self.later(self.follow(event["conversation_id"]))
        elif kind == "entry.created":
            self._hear_entry(event["conversation_id"], event["entry"])

    def _hear_entry(self, conversation: int, entry: Frame) -> None:
        log = self.logs.get(conversation)
        if log is None:
            self.later(self.follow(conversation))
        else:
            log.apply(entry)
            self.updated(log)

    def sent(self, command: Frame, result: Frame) -> None:
        if result["kind"] == "message" and result["conversation_id"] not in self.logs:
            self.later(self.follow(result["conversation_id"]))
        super().sent(command, result)

    def updated(self, log: Log) -> None:
        if log.id == self._ending and log.is_ended:
            self._ending = None
        super().updated(log)

    # What people do

    def say(self) -> None:
        log = self.log
        if log is not None and not log.is_ended and self._ending is None:
            self.write("message.send", conversation_id=log.id)
        elif log is None or log.is_ended:
            self.write("conversation.request", page=self.page)

    async def move(self) -> None:
        self.page = {
            "url": f"{WEBSITE}/{self.name}/{uuid.UUID(int=self.dice.getrandbits(128))}",
            "title": "Next",
        }
        await self.asked({"type": "page.view", "page": self.page})

    async def end(self) -> None:
        """Once what was written is stored; asked again after a lost connection."""
        self._ending = self._current
        if self._ending is not None:
            await self._end(self._ending)

    async def _end(self, conversation: int) -> None:
        while self._ending == conversation and self.outbox.commands:
            await asyncio.sleep(0.2)
        if self._ending == conversation:
            await self.asked({"type": "conversation.end", "conversation_id": conversation})
