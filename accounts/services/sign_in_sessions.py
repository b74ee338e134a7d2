"""Where agents are signed in, and ending that from elsewhere."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from accounts.models import Agent, SignIn
from accounts.services import agent_rules, audit, socket_tokens
from accounts.sessions import CompanySession
from accounts.signals import signed_out


def open_of(agent: Agent) -> list[SignIn]:
    """Those that are not over, the one of use last first."""
    sign_ins = list(SignIn.objects.filter(agent=agent).order_by("-seen_at", "-pk"))
    keys = [one.session_key for one in sign_ins]
    held = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    living = {one.session_key for one in held if socket_tokens.is_theirs(one.session_data, agent)}
    return [one for one in sign_ins if one.session_key in living]


@transaction.atomic
def end(sign_in: SignIn) -> None:
    """One's own, somewhere else."""
    _end(sign_in.agent, [sign_in.session_key])


@transaction.atomic
def end_others(agent: Agent, *, kept: str | None) -> int:
    """One's own but this one; returns how many."""
    return _end(agent, [key for key in _keys_of(agent) if key != kept])


@transaction.atomic
def end_for(sign_in: SignIn, *, by: Agent) -> None:
    """Somebody else's. Their conversations go back to the line once they are nowhere else."""
    _check(sign_in.agent, by)
    _end(sign_in.agent, [sign_in.session_key])


@transaction.atomic
def end_all_for(agent: Agent, *, by: Agent) -> int:
    _check(agent, by)
    return _end(agent, _keys_of(agent))


def _check(agent: Agent, by: Agent) -> None:
    agent_rules.changeable(agent, agent_rules.in_turn(by))


def _end(agent: Agent, keys: list[str]) -> int:
    """Sockets hear it after the commit."""
    if not keys:
        return 0
    former = {key: socket_tokens.former_of(CompanySession(key)) for key in keys}
    Session.objects.filter(session_key__in=keys).delete()
    SignIn.objects.filter(session_key__in=keys).delete()
    for key in keys:
        signed_out.send(Agent, agent=agent, session_key=key, former=former[key])
    audit.record("session.ended", agent, {"sessions": [len(keys), 0]})
    return len(keys)


def _keys_of(agent: Agent) -> list[str]:
    """Also of sessions that were opened before sign-ins were noted."""
    lasting = Session.objects.filter(expire_date__gt=timezone.now()).order_by("pk")
    return [one.session_key for one in lasting if _is_of(one, agent)]


def _is_of(session: Session, agent: Agent) -> bool:
    return CompanySession().decode(session.session_data).get(SESSION_KEY) == str(agent.pk)
