"""Makes what a run talks in: companies by the service that signs them up, the rest in bulk, with its log."""

import itertools
import secrets
import uuid

from django.db import connections
from django.utils import timezone

from accounts import sessions
from accounts.models import Agent, Role
from accounts.services import sign_up, socket_tokens
from bench.people import Idler, Talk
from chat import audiences
from chat.models import Conversation, Entry
from companies.models import Company
from core.realtime.publish import publish_now
from protocol import events, payloads
from widgets.models import Visitor
from widgets.services import visitor_tokens

#: Conversations that one agent has at the same time.
EACH = 10

_companies: list[Company] = []


def talks(count: int, per_company: int) -> list[Talk]:
    """Accepted conversations between new visitors and new agents, with tokens that hold for a minute."""
    made: list[Talk] = []
    for number in itertools.count():
        if len(made) >= count:
            return made
        made += _in(_company(number), min(per_company, count - len(made)))
    raise AssertionError


def idlers(count: int) -> list[Idler]:
    company = _company(0)
    with company.entered():
        return [
            Idler(company.company_id, company.schema_name, agent.pk, _token(company, agent))
            for agent in _agents(count)
        ]


def first_company() -> Company:
    return _company(0)


def tell_colleagues() -> None:
    """One event to every agent of the first company."""
    agent = payloads.Agent(id=1, agent_id="alice", name="Alice", status="busy")
    with _company(0).entered():
        publish_now(events.AgentChanged(agent=agent), to=[audiences.takers()])


def page() -> tuple[str, str]:
    """The path of the workspace, and the cookie of an agent who is signed in."""
    company = _company(0)
    with company.entered():
        (agent,) = _agents(1)
    session = sessions.begin(company, agent, remembered=False)
    return f"/c/{company.company_id}/workspace/", f"parley_session={session.session_key}"


def finish() -> None:
    """Let go of the database before it is stopped."""
    connections.close_all()
    for connection in connections.all():
        # Django's stubs do not know the pool of its PostgreSQL backend yet.
        connection.close_pool()  # type: ignore[attr-defined]


def _company(number: int) -> Company:
    while number >= len(_companies):
        company, _ = sign_up.open_company(
            company_name=f"Company {number}",
            name="Alice",
            agent_id="alice",
            email="alice@example.com",
            password=secrets.token_urlsafe(),
            language="en",
            time_zone="UTC",
        )
        _companies.append(company)
    return _companies[number]


def _in(company: Company, count: int) -> list[Talk]:
    with company.entered():
        agents = _agents(-(-count // EACH))
        held = _conversations(count, agents)
    return [
        Talk(
            company.company_id,
            conversation.pk,
            visitor_tokens.issue(company.company_id, conversation.visitor_id),
            _token(company, agent),
        )
        for conversation, agent in held
    ]


def _agents(count: int) -> list[Agent]:
    role = Role.objects.get(kind=Role.Kind.AGENT)
    names = [f"agent-{uuid.uuid4().hex[:12]}" for _ in range(count)]
    return Agent.objects.bulk_create([Agent(agent_id=name, name=name, role=role) for name in names])


def _conversations(count: int, agents: list[Agent]) -> list[tuple[Conversation, Agent]]:
    visitors = Visitor.objects.bulk_create([Visitor() for _ in range(count)])
    now = timezone.now()
    held = list(zip(itertools.cycle(agents), visitors))
    state = Conversation.State.ACTIVE
    conversations = Conversation.objects.bulk_create(
        Conversation(visitor=visitor, agent=agent, state=state, accepted_at=now, last_number=2)
        for agent, visitor in held
    )
    Entry.objects.bulk_create(
        Entry(conversation=conversation, number=number, kind=kind, side=side, created_at=now)
        for conversation in conversations
        for number, kind, side in _BEGINNING
    )
    return [(conversation, agent) for conversation, (agent, _) in zip(conversations, held, strict=True)]


_BEGINNING = (
    (1, Entry.Kind.REQUESTED, Entry.Side.VISITOR),
    (2, Entry.Kind.ACCEPTED, Entry.Side.AGENT),
)


def _token(company: Company, agent: Agent) -> str:
    session = sessions.begin(company, agent, remembered=False)
    return socket_tokens.issue(company, agent, session.session_key or "")
