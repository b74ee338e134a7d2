import asyncio
from typing import Any

from faults.line import Frame, Line, Lost, Refusal
from faults.log import Log
from faults.person import Person
from faults.sign_in import SignIn


class Agent(Person):
    """A workspace: colleagues, lists, the board, a log for each of one's conversations.

    What `frontend/workspace/live/session.ts` does.
    """

    side = "agent"
    line: Line

    def __init__(self, name: str, sign_in: SignIn, **facts: Any) -> None:
        super().__init__(name, origin=sign_in.site, **facts)
        self._sign_in = sign_in
        self.pk = 0
        #: What was chosen and confirmed.
        self.status = "online"
        #: Every how many-th waiting conversation is ours: (which, of how many).
        self.share = (0, 1)
        self.colleagues: dict[int, str] = {}
        self.board: dict[str, Frame] = {}
        self._board_version = -1
        self._meanwhile: list[list[Frame]] = []
        self._waiting: set[int] = set()
        self.mine: set[int] = set()

    async def opening(self) -> Frame:
        return {"type": "session.open", "token": await asyncio.to_thread(self._sign_in.socket_token)}

    def following(self) -> list[int]:
        return [number for number in super().following() if number in self.mine]

    def greeted(self, event: Frame) -> None:
        self.pk = event["agent_id"]
        self.later(self._catch_up())
        self.outbox.say_again()

    def resynced(self) -> None:
        self.later(self._catch_up())

    async def _catch_up(self) -> None:
        """First the lists, then what is missing in each log, then what waits to be sent."""
        self.later(self.open_board())
        await self._open_workspace()
        over = {log.id for log in self.logs.values() if log.is_ended}
        await asyncio.gather(*(self.follow(number) for number in (self.logs.keys() | self.mine) - over))
        self.outbox.flush()

    async def _open_workspace(self) -> None:
        since: list[Frame] = []
        self._meanwhile.append(since)
        result = await self.asked({"type": "workspace.open"})
        self._meanwhile.remove(since)
        if result is None:
            return
        self.colleagues = {one["id"]: one["status"] for one in result["agents"]}
        for conversation in result["conversations"]:
            self._see(conversation)
        for event in since:
            self._applied(event)

    async def open_board(self) -> None:
        result = await self.asked({"type": "board.open"})
        if result is not None:
            self._board_version = result["version"]
            self.board = {one["visitor"]: one for one in result["visitors"]}

    def heard_more(self, event: Frame) -> None:
        for since in self._meanwhile:
            since.append(event)
        self._applied(event)
        if event["type"] == "entry.created":
            self._hear_entry(event["conversation_id"], event["entry"])
        elif event["type"] == "board.changed":
            self._board_changed(event)

    def _applied(self, event: Frame) -> None:
        if event["type"] == "agent.changed":
            self.colleagues[event["agent"]["id"]] = event["agent"]["status"]
        elif event["type"] == "conversation.changed":
            self._see(event["conversation"])

    def _hear_entry(self, conversation: int, entry: Frame) -> None:
        if conversation in self.logs:
            self.logs[conversation].apply(entry)
            self.updated(self.logs[conversation])

    def _board_changed(self, event: Frame) -> None:
        if event["version"] <= self._board_version:
            return
        if event["base"] != self._board_version:
            self.later(self.open_board())
            return
        self._board_version = event["version"]
        for one in event["changed"]:
            self.board[one["visitor"]] = one
        for one in event.get("moved", ()):
            self.board[one["visitor"]] = {**self.board.get(one["visitor"], {}), **one}
        for one in event["left"]:
            self.board.pop(one if isinstance(one, str) else one["visitor"], None)

    def _see(self, conversation: Frame) -> None:
        number = conversation["id"]
        which, of = self.share
        if conversation["state"] == "waiting" and number % of == which and number not in self._waiting:
            self._waiting.add(number)
            self.later(self._accept(number))
        elif conversation.get("agent_id") == self.pk:
            self.mine.add(number)
            if number not in self.logs:
                self.later(self.follow(number))
        if number in self.logs:
            self.told_newest(number, conversation["last_number"])

    async def _accept(self, number: int) -> None:
        """Clicked again until somebody has it."""
        while number in self._waiting:
            try:
                result = await self.line.ask({"type": "conversation.accept", "conversation_id": number})
            except Lost:
                await asyncio.sleep(1)
            except Refusal as refusal:
                if refusal.code == "conversation_ended":
                    # Its visitor waits no more. Were that not so, its words would be missing in the end.
                    self._waiting.discard(number)
                elif refusal.retry_after is None:
                    self._waiting.discard(number)
                    self.book.troubles.append(f"{self.name} may not accept {number}: {refusal.code}")
                await asyncio.sleep(1)
            else:
                self._waiting.discard(number)
                assert result is not None
                self.mine.add(number)
                self.take(result)

    # What people do

    async def stir(self) -> None:
        """Who does nothing for five minutes becomes away."""
        await self.asked({"type": "activity.note"})

    def opens(self, path: str) -> str:
        """A page of the company."""
        return self._sign_in.page(path)

    def say(self) -> None:
        talking = [self.logs[one] for one in self.mine if one in self.logs and not self.logs[one].is_ended]
        if talking:
            self.write("message.send", conversation_id=self.dice.choice(talking).id)

    def talks(self) -> list[Log]:
        return [log for log in self.logs.values() if log.id in self.mine]

    async def choose(self, status: str) -> None:
        """Clicked again until it is so."""
        while True:
            try:
                await self.line.ask({"type": "status.set", "status": status})
            except (Lost, Refusal):
                await asyncio.sleep(0.5)
            else:
                self.status = status
                return

    def delivered(self, log: Log) -> int:
        return len(log.entries)
