"""Links by mail to choose a new password: good once, for an hour, and until a newer one is sent."""

import datetime
import logging
import secrets
from typing import NamedTuple

from django.core import signing
from django.db import transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from accounts import acting, errors, known_browsers
from accounts.models import Agent
from accounts.services import agent_rules, audit, mails, password_limit, passwords
from companies.models import Company, Delivery

logger = logging.getLogger(__name__)

LASTS = datetime.timedelta(hours=1)
_SALT = "accounts.password"


class Linked(NamedTuple):
    """Whose password a link is to change."""

    company: Company
    agent: Agent


def ask(*, company_id: str, agent_id: str, address: str, browser: str = "", origin: str = "") -> None:
    """Mail a link if there is such an agent, and one with an address: a worker looks, so that nobody can tell from
    the answer or from how long it takes. `browser` is its mark, if the account has signed in there before."""
    from accounts import tasks

    account = known_browsers.counted_as(f"{company_id}/{agent_id}", browser)
    password_limit.count(account, address)
    try:
        tasks.mail_password_link.delay(company_id, agent_id, origin)
    except tasks.BrokerUnreachable:
        logger.warning("The broker is away; a link for a new password is mailed without it.")
        mail_if_known(company_id=company_id, agent_id=agent_id, origin=origin)


def mail_if_known(*, company_id: str, agent_id: str, origin: str = "") -> None:
    company = Company.objects.filter(company_id=company_id).first() if _is_id(company_id) else None
    if company is None:
        return
    with company.entered():
        agent = Agent.objects.active().filter(agent_id=agent_id, invited_at=None).exclude(email="").first()
        if agent is not None:
            mail(company, agent, origin=origin)


@transaction.atomic
def mail_for(company: Company, agent: Agent, *, by: Agent, origin: str = "") -> Delivery:
    """At the wish of somebody who manages agents; the present password holds until the link is used."""
    by = agent_rules.in_turn(by)
    now = passwords.changeable(agent, by)
    if not now.email:
        raise errors.NoMailAddress(name=now.name)
    audit.record("agent.password_link_sent", now)
    return mail(company, now, origin=origin)


def mail(company: Company, agent: Agent, *, origin: str = "") -> Delivery:
    """Each call is one more mail, whose link makes the earlier ones worthless."""
    key = f"{_key(company, agent)}{secrets.token_hex(8)}"
    return mails.post(
        "password",
        company,
        to=agent.email,
        language=agent.language,
        key=key,
        subject=_("A new password for %(company)s"),
        is_secret=True,
        agent=agent,
        url=mails.link("accounts:new-password", token_of(company, agent, key), origin=origin),
    )


def look(token: str) -> Linked:
    """Whose link it is; changes nothing."""
    company, pk, key, proof = _read(token)
    with company.entered():
        agent = Agent.objects.active().filter(pk=pk).first()
        _check(company, agent, key, proof)
        return Linked(company, agent)


def use(token: str, *, password: str, address: str | None = None) -> Linked:
    """The new password; every session ends. Of two who use the link at the same moment one is refused."""
    company, pk, key, proof = _read(token)
    with company.entered(), transaction.atomic():
        agent = Agent.objects.active().select_for_update().filter(pk=pk).first()
        _check(company, agent, key, proof)
        with acting.acting(acting.agent(agent, address)):
            passwords.choose(agent, password)
    return Linked(company, agent)


def token_of(company: Company, agent: Agent, key: str) -> str:
    return signing.dumps([company.company_id, agent.pk, key, _proof(agent)], salt=_SALT)


def _read(token: str) -> tuple[Company, int, str, str]:
    try:
        company_id, pk, key, proof = signing.loads(token, salt=_SALT, max_age=LASTS)
    except signing.SignatureExpired:
        raise errors.PasswordLinkExpired from None
    except (signing.BadSignature, ValueError):
        raise errors.PasswordLinkInvalid from None
    company = Company.objects.filter(company_id=company_id).first()
    if company is None:
        raise errors.PasswordLinkInvalid
    return company, pk, key, proof


def _check(company: Company, agent: Agent | None, key: str, proof: str) -> None:
    if agent is None or not constant_time_compare(proof, _proof(agent)):
        raise errors.PasswordLinkInvalid
    newest = company.deliveries.filter(key__startswith=_key(company, agent)).order_by("-pk").first()
    if newest is None or newest.key != key:
        raise errors.PasswordLinkInvalid


def _proof(agent: Agent) -> str:
    """Another one as soon as the password or the address is another."""
    return signing.Signer(salt=_SALT).signature(f"{agent.password} {agent.email}")


def _key(company: Company, agent: Agent) -> str:
    return f"password-{company.company_id}-{agent.pk}-"


def _is_id(company_id: str) -> bool:
    return company_id.isascii() and company_id.isdecimal() and len(company_id) == 8
