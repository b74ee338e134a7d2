"""Passwords of agents: changed by themselves, or given by those who manage them."""

import secrets

from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from accounts import errors, proofs
from accounts.models import Agent, SignIn
from accounts.services import agent_rules, audit, sign_ins, socket_tokens
from accounts.signals import password_changed
from companies.models import Company
from core.errors import NotFound

#: Without what is easily taken for something else when it is read out.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_TEMPORARY_LENGTH = 12


def change(
    company: Company, agent: Agent, *, present: str, password: str, session: SessionBase, address: str
) -> None:
    """One's own, by whoever knows the present one. This session goes on under another key, the agent's others end."""
    sign_ins.prove(company, agent, password=present, session=session, address=address)
    if password == present:
        raise errors.PasswordTheSame
    with transaction.atomic():
        now = Agent.objects.select_for_update().get(pk=agent.pk)
        if now.password != agent.password:
            # Another tab, or somebody else, was faster.
            raise errors.PasswordWrong
        choose(now, password, kept=session.session_key)
        session[HASH_SESSION_KEY] = now.get_session_auth_hash()
        proofs.note(session)
        _go_on_under_another_key(session)


def choose(agent: Agent, password: str, *, kept: str | None = None) -> None:
    """A password of the agent's own choice, in a transaction; every session but the one that is kept ends."""
    _set(agent, password, must_change=False, kept=kept)
    audit.record("agent.password_changed", agent, {"password": ["", "set"]})


@transaction.atomic
def give_temporary(agent: Agent, *, by: Agent) -> str:
    """A password to tell the agent, who must choose another one before anything else. It is shown once."""
    by = agent_rules.in_turn(by)
    now = changeable(agent, by)
    password = "".join(secrets.choice(_LETTERS) for _ in range(_TEMPORARY_LENGTH))
    _set(now, password, must_change=True)
    audit.record("agent.password_reset", now, {"password": ["", "temporary"]})
    return password


def changeable(agent: Agent, by: Agent) -> Agent:
    """The agent's row of now, locked, if `by` may give them a password; never one's own."""
    now: Agent = (
        Agent.objects.existing().select_related("role").select_for_update(of=("self",)).get(pk=agent.pk)
    )
    agent_rules.check_not_oneself(by, now)
    agent_rules.check_may_change(by, now)
    if now.is_invited:
        raise errors.StillInvited(name=now.name)
    if not now.is_active:
        raise NotFound
    return now


def _set(agent: Agent, password: str, *, must_change: bool, kept: str | None = None) -> None:
    agent.set_password(password)
    agent.must_change_password = must_change
    agent.password_changed_at = timezone.now()
    agent.save(update_fields=["password", "must_change_password", "password_changed_at"])
    _end_sessions(agent, kept)
    password_changed.send(Agent, agent=agent, kept=kept)


def _go_on_under_another_key(session: SessionBase) -> None:
    """Whoever has copied the cookie is out with the old password. Sockets know from which key they came."""
    former = session.session_key or ""
    socket_tokens.note_former(session)
    session.cycle_key()
    SignIn.objects.filter(session_key=former).update(session_key=session.session_key)


def _end_sessions(agent: Agent, kept: str | None) -> None:
    """They would not hold with the new password anyway; nor are they to stand in the list."""
    over = SignIn.objects.filter(agent=agent).exclude(session_key=kept or "")
    Session.objects.filter(session_key__in=over.values("session_key")).delete()
    over.delete()
