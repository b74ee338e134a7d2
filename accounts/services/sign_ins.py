"""Signing in and out."""

from django.contrib.auth.hashers import make_password
from django.contrib.sessions.backends.base import SessionBase
from django.utils import timezone

from accounts import errors, known_browsers, sessions
from accounts.models import Agent, SignIn
from accounts.services import address_rules, sign_in_failures, socket_tokens
from accounts.signals import signed_out
from companies.models import Company


def sign_in(
    *, company_id: str, agent_id: str, password: str, address: str, browser: str = ""
) -> tuple[Company, Agent]:
    """Whoever knows all three; the same refusal, as slow, for everybody else.

    The first of two steps where the agent has a second one (`waiting_sign_ins`); else a session can begin.
    `browser` is its mark, if the account has signed in there before.
    """
    account = known_browsers.counted_as(account_name(company_id, agent_id), browser)
    sign_in_failures.count(account, address)
    company = _company(company_id)
    agent = _agent(company, agent_id, password)
    if company is None or agent is None:
        raise sign_in_failures.answer(account)
    sign_in_failures.forgive(account, address)
    with company.entered():
        # Said only to who knows the password.
        address_rules.check(address)
    return company, agent


def account_name(company_id: object, agent_id: str) -> str:
    """Under which strangers' failures are counted."""
    return f"{company_id}/{agent_id}"


def begin(
    company: Company,
    agent: Agent,
    *,
    device: sessions.Device = sessions.NO_DEVICE,
    remembered: bool = False,
    method: str = "password",
) -> sessions.CompanySession:
    """A session of somebody who has shown who they are."""
    with company.entered():
        Agent.objects.filter(pk=agent.pk).update(last_login=timezone.now())
        return sessions.begin(company, agent, remembered=remembered, device=device, method=method)


def prove(company: Company, agent: Agent, *, password: str, session: SessionBase, address: str) -> None:
    """Raises PasswordWrong for whoever sits at somebody else's screen; as slow at guessing as at the sign-in.

    Counted in this session alone: strangers who guess at the account do not keep its owner from anything.
    """
    name = account_name(company.company_id, agent.agent_id)
    account = known_browsers.counted_as(name, socket_tokens.session_hash(session.session_key or ""))
    sign_in_failures.count(account, address)
    if not agent.check_password(password):
        raise errors.PasswordWrong
    sign_in_failures.forgive(account, address)


def sign_out(agent: Agent, session: SessionBase) -> None:
    """End this session; the agent's others stay."""
    key, former = session.session_key, socket_tokens.former_of(session)
    session.flush()
    SignIn.objects.filter(session_key=key).delete()
    signed_out.send(Agent, agent=agent, session_key=key, former=former)


def _company(company_id: str) -> Company | None:
    is_one = company_id.isascii() and company_id.isdecimal() and len(company_id) == 8
    return Company.objects.filter(company_id=company_id).first() if is_one else None


def _agent(company: Company | None, agent_id: str, password: str) -> Agent | None:
    """The agent, if the password is theirs. Where there is nobody a password is hashed all the same."""
    if company is None:
        make_password(password)
        return None
    with company.entered():
        agent = Agent.objects.filter(agent_id=agent_id).first()
        if agent is None:
            make_password(password)
            return None
        return agent if agent.check_password(password) and agent.is_active else None
