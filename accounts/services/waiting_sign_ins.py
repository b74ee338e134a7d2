"""Sign-ins between their two steps: the password was right, and nobody is signed in yet.

Each is a row among the company's sessions that opens no page: it names no one under the key that sessions do.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts import errors, sessions
from accounts.models import Agent
from accounts.services import passkeys, second_step_mails, sign_ins, two_step
from companies.models import Company

LASTS = datetime.timedelta(minutes=10)
_AGENT = "waits_for_second_step_of"


class Waiting(NamedTuple):
    company: Company
    agent: Agent
    held: db.SessionStore

    @property
    def key(self) -> str:
        return self.held.session_key or ""

    @property
    def challenge(self) -> str:
        """What a passkey has to sign."""
        return str(self.held["challenge"])

    @property
    def wanted(self) -> str:
        """The path to go on with."""
        return str(self.held["wanted"])

    @property
    def account(self) -> str:
        return sign_ins.account_name(self.company.company_id, self.agent.agent_id)


def begin(company: Company, agent: Agent, *, remembered: bool, wanted: str) -> str:
    """The key under which the second step finds it again."""
    with company.entered():
        held = db.SessionStore()
        held[_AGENT] = agent.pk
        held[HASH_SESSION_KEY] = agent.get_session_auth_hash()
        held["remembered"] = remembered
        held["wanted"] = wanted
        held["challenge"] = passkeys.new_challenge()
        held.set_expiry(timezone.now() + LASTS)
        held.save()
        return held.session_key or ""


def find(company_id: int, key: str) -> Waiting | None:
    """None once it has taken too long, or the agent has another password now or may not sign in."""
    company = Company.objects.filter(company_id=company_id).first()
    if company is None:
        return None
    with company.entered():
        held = db.SessionStore(key)
        agent = Agent.objects.active().select_related("role").filter(pk=held.get(_AGENT)).first()
        if agent is None or not _is_of_todays_password(held, agent):
            return None
        return Waiting(company, agent, held)


def finish_with_code(waiting: Waiting, code: str, device: sessions.Device) -> sessions.CompanySession:
    with _entered(waiting):
        method = two_step.attempt(waiting.agent, code, account=waiting.account, address=device.address)
        return _finish(waiting, method, device)


def finish_with_passkey(
    waiting: Waiting, credential: str, site: passkeys.Site, device: sessions.Device
) -> sessions.CompanySession:
    with _entered(waiting):
        method = passkeys.attempt(
            waiting.agent,
            credential,
            site=site,
            challenge=waiting.challenge,
            account=waiting.account,
            address=device.address,
        )
        return _finish(waiting, method, device)


@contextmanager
def _entered(waiting: Waiting) -> Iterator[None]:
    """In the company; once guesses are locked the agent is told."""
    with waiting.company.entered():
        try:
            yield
        except errors.Locked:
            second_step_mails.tell_locked(waiting.company, waiting.agent)
            raise


@transaction.atomic
def _finish(waiting: Waiting, method: two_step.Method, device: sessions.Device) -> sessions.CompanySession:
    """A session under a new key; what waited is used up, and of two who come with it one is too late."""
    deleted, _ = Session.objects.filter(session_key=waiting.key).delete()
    if not deleted:
        raise errors.SecondStepOver
    remembered = bool(waiting.held["remembered"])
    return sign_ins.begin(waiting.company, waiting.agent, device=device, remembered=remembered, method=method)


def _is_of_todays_password(held: db.SessionStore, agent: Agent) -> bool:
    return constant_time_compare(held.get(HASH_SESSION_KEY, ""), agent.get_session_auth_hash())
