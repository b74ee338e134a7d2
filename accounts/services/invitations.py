"""Invitations: an agent who is there already, but cannot sign in until the mail's link has been used.

The link holds the moment and the address it was sent to: sending again makes every earlier one worthless, and so do
using it and correcting the address.
"""

import datetime
from collections.abc import Collection
from typing import Any, NamedTuple

from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import acting, errors, words
from accounts.models import Agent, Group
from accounts.services import address_rules, agent_rules, agents, audit, invitation_limit, mails
from accounts.signals import agent_changed
from companies import limits
from companies.errors import NoSeatLeft
from companies.models import Company, Delivery

LASTS = datetime.timedelta(days=7)
_PAUSE = datetime.timedelta(minutes=1)
_SALT = "accounts.invitation"


class Invited(NamedTuple):
    """Somebody with a link that works, and the company they are to join."""

    company: Company
    agent: Agent


@transaction.atomic
def invite(
    company: Company, *, by: Agent, groups: Collection[Group] = (), origin: str = "", **facts: Any
) -> Agent:
    """An agent who chooses name and password by the mail's link; a seat is taken only then."""
    by = agent_rules.in_turn(by)
    agent = Agent(**facts, is_active=False, invited_at=timezone.now())
    agent.name = agent.name or agent.agent_id
    agent.set_unusable_password()
    agent.role = agent_rules.role_of_now(agent.role)
    agent_rules.check_gives(by, agent)
    agents.save_new(agent)
    if groups:
        agent.groups.set(groups)
    audit.record("agent.invited", agent, {"email": ["", agent.email], "role": ["", str(agent.role)]})
    _mail(company, agent, by, origin)
    return agent


@transaction.atomic
def send_again(company: Company, agent: Agent, *, by: Agent, origin: str = "") -> Agent:
    """A fresh link; the one before does not work any more."""
    by = agent_rules.in_turn(by)
    now = _invited(agent)
    agent_rules.check_may_change(by, now)
    wait = (now.invited_at or timezone.now()) + _PAUSE - timezone.now()
    if wait > datetime.timedelta():
        raise errors.InvitedJustNow(name=now.name, wait=words.duration(wait.total_seconds()))
    now.invited_at = timezone.now()
    now.save(update_fields=["invited_at"])
    audit.record("agent.invited", now)
    _mail(company, now, by, origin)
    return now


@transaction.atomic
def revoke(agent: Agent, *, by: Agent) -> None:
    """The link does not work any more, and the agent ID is free again: nothing was done in its name."""
    by = agent_rules.in_turn(by)
    now = _invited(agent)
    agent_rules.check_may_change(by, now)
    audit.record("agent.invitation_revoked", now)
    now.delete()


def look(token: str) -> Invited:
    """Whose link it is; changes nothing."""
    company, facts = _read(token)
    with company.entered():
        agent = Agent.objects.select_related("role").filter(**facts).first()
    if agent is None:
        raise errors.InvitationInvalid
    return Invited(company, agent)


def accept(token: str, *, name: str, password: str, address: str | None = None) -> Invited:
    """They can sign in from now on. Of two who use the link at the same moment one is refused."""
    company, facts = _read(token)
    with company.entered(), transaction.atomic():
        waiting = Agent.objects.select_related("role").select_for_update(of=("self",))
        agent = waiting.filter(**facts).first()
        if agent is None:
            raise errors.InvitationInvalid
        if address:
            address_rules.check(address)
        with acting.acting(acting.agent(agent, address)):
            _begin(agent, name, password)
    return Invited(company, agent)


def token_of(company: Company, agent: Agent) -> str:
    sent_at = agent.invited_at.isoformat() if agent.invited_at else ""
    return signing.dumps([company.company_id, agent.pk, agent.email, sent_at], salt=_SALT)


def _begin(agent: Agent, name: str, password: str) -> None:
    try:
        limits.take_seat()
    except NoSeatLeft:
        raise errors.NoSeatForYou from None
    changes = audit.apply(agent, name=name, is_active=True)
    agent.invited_at, agent.password_changed_at = None, timezone.now()
    agent.set_password(password)
    agent.save()
    audit.record("agent.joined", agent, changes)
    agent_changed.send(Agent, agent=agent)


def _invited(agent: Agent) -> Agent:
    waiting = Agent.objects.select_related("role").select_for_update(of=("self",))
    now: Agent | None = waiting.filter(pk=agent.pk).first()
    if now is None or not now.is_invited:
        raise errors.NotInvited(name=agent.name)
    return now


def _read(token: str) -> tuple[Company, dict[str, Any]]:
    """The company, and what must still be true of the agent there."""
    try:
        company_id, pk, email, sent_at = signing.loads(token, salt=_SALT, max_age=LASTS)
    except signing.SignatureExpired:
        raise errors.InvitationExpired from None
    except (signing.BadSignature, ValueError):
        raise errors.InvitationInvalid from None
    company = Company.objects.filter(company_id=company_id).first()
    if company is None:
        raise errors.InvitationInvalid
    return company, {"pk": pk, "email": email, "invited_at": datetime.datetime.fromisoformat(sent_at)}


def _mail(company: Company, agent: Agent, by: Agent, origin: str) -> Delivery:
    invitation_limit.count(company, agent.email)
    key = f"invitation-{company.company_id}-{agent.pk}-"
    return mails.post(
        "invitation",
        company,
        to=agent.email,
        language=agent.language,
        key=f"{key}{company.deliveries.filter(key__startswith=key).count() + 1}",
        subject=_("Invitation to %(company)s"),
        by=by,
        agent_id=agent.agent_id,
        url=mails.link("accounts:invitation", token_of(company, agent), origin=origin),
        days=LASTS.days,
        is_secret=True,
    )
