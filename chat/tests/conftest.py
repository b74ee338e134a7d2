import datetime
import itertools
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import msgspec
import pytest
import redis
from channels.routing import URLRouter
from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.utils import timezone

from accounts.models import Agent
from accounts.testing import PASSWORD, make_socket_token
from chat import routing, runtime
from chat.tests.server import Server, running
from companies.models import Company
from core.realtime import pool
from core.testing import PATIENCE


class Client:
    """A socket as a browser would hold it: asks under a ref, keeps the events that come in between."""

    def __init__(self, company_id: int, role: str, origin: str = "https://acme.example") -> None:
        headers = [(b"origin", origin.encode())]
        self.wire = WebsocketCommunicator(URLRouter(routing.sockets), f"/live/c/{company_id}/{role}", headers)
        self.refs = itertools.count(1)
        self.events: list[dict[str, Any]] = []

    async def open(self, **fields: Any) -> dict[str, Any]:
        await self.wire.connect()
        return await self.ask("session.open", **fields)

    async def ask(self, type_: str, **fields: Any) -> dict[str, Any]:
        """The answer to a command, whatever it is."""
        return await self.answer(await self.begin(type_, **fields))

    async def begin(self, type_: str, **fields: Any) -> int:
        """Ask without waiting; returns the ref of the answer to come."""
        ref = next(self.refs)
        await self.wire.send_to(text_data=msgspec.json.encode({"type": type_, "ref": ref, **fields}).decode())
        return ref

    async def answer(self, ref: int) -> dict[str, Any]:
        """The answer to this ref, heard already or still to come."""
        while True:
            for place, frame in enumerate(self.events):
                if frame.get("ref") == ref:
                    return self.events.pop(place)
            self.events.append(await self.hear())

    async def hear(self) -> dict[str, Any]:
        return msgspec.json.decode(await self.wire.receive_from(timeout=PATIENCE))

    async def event(self, type_: str, **wanted: Any) -> dict[str, Any]:
        """The next event of this kind with these fields, heard already or still to come."""

        def fits(frame: dict[str, Any]) -> bool:
            return frame["type"] == type_ and all(frame.get(key) == value for key, value in wanted.items())

        while True:
            for place, frame in enumerate(self.events):
                if fits(frame):
                    return self.events.pop(place)
            self.events.append(await self.hear())

    async def closed(self) -> int:
        """The code the server closes with; what comes before it is kept."""
        while (message := await self.wire.receive_output(PATIENCE))["type"] != "websocket.close":
            self.events.append(msgspec.json.decode(message["text"]))
        return int(message["code"])

    async def leave(self) -> None:
        await self.wire.disconnect()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> "Clock":
    """Django's time stands still until it is moved."""
    clock = Clock()
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock


class Clock:
    def __init__(self) -> None:
        self.now = timezone.now()

    def move(self, seconds: float) -> None:
        self.now += datetime.timedelta(seconds=seconds)


@pytest.fixture
async def live(committed: Any) -> AsyncIterator[runtime.Runtime]:
    """The parts of a process of sockets, on the test's database and Valkey."""
    started = await runtime.start()
    yield started
    await runtime.stop()
    _clear_board(committed)


def _clear_board(cast: Any) -> None:
    """A process that ends leaves its visitors on the board for a moment: the next test is not to see them."""
    with redis.Redis.from_url(settings.REDIS_URL) as valkey:
        for company in cast:
            if found := list(valkey.scan_iter(f"{company.schema_name}:board:*")):
                valkey.delete(*found)


@pytest.fixture
async def visit(live: runtime.Runtime, committed: Any) -> AsyncIterator[Callable[..., Any]]:
    """`await visit()`: a visitor's socket on Acme's website, opened; left at the end."""
    clients: list[Client] = []

    async def visit(
        company: Company = committed.acme, token: str = "", language: str = "en", **options: Any
    ) -> Client:
        client = Client(company.company_id, "visitor", **options)
        clients.append(client)
        page = {"url": "https://acme.example/", "title": "Acme"}
        client.greeting = await client.open(page=page, token=token, language=language)  # type: ignore[attr-defined]
        return client

    yield visit
    for client in clients:
        await client.leave()


@pytest.fixture
def eve(committed: Any) -> Iterator[Agent]:
    """An agent of one test alone, whose password and sign-ins may change."""
    with committed.acme.entered():
        eve = Agent(agent_id="eve", name="Eve", role=Agent.objects.get(agent_id="bob").role)
        eve.set_password(PASSWORD)
        eve.save()
        yield eve


@pytest.fixture
async def work(live: runtime.Runtime, committed: Any) -> AsyncIterator[Callable[..., Any]]:
    """`await work("bob")`: an agent's socket, opened; left at the end."""
    clients: list[Client] = []

    async def work(agent_id: str, company: Company = committed.acme, session: str = "session") -> Client:
        def token() -> str:
            with company.entered():
                agent = Agent.objects.get(agent_id=agent_id)
            return make_socket_token(company, agent, session)

        client = Client(company.company_id, "agent")
        clients.append(client)
        client.greeting = await client.open(token=await pool.run(token))  # type: ignore[attr-defined]
        return client

    yield work
    for client in clients:
        await client.leave()


@pytest.fixture
def never_renewed(settings: Any) -> None:
    """No lease is renewed meanwhile: what happens, happens at once or not at all."""
    settings.LEASE_SECONDS = 1000


@pytest.fixture
def change(committed: Any) -> Callable[..., Any]:
    """`await change(sites=[…])`: facts of Acme."""
    row = Company.objects.filter(pk=committed.acme.pk)

    async def change(**facts: Any) -> None:
        await pool.run(row.update, **facts)

    return change


@pytest.fixture(scope="session")
def server(django_db_setup: None) -> Iterator[Server]:
    """A process of its own that serves sockets and pages, for the whole session."""
    with running() as server:
        yield server
