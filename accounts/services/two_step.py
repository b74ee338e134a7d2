"""The second step of signing in: codes of an authenticator app (RFC 6238), or recovery codes.

Of whoever is in the schema one is in: a company's agents, or the operators in the public one.
"""

import logging
from collections.abc import Callable
from typing import Literal

import pyotp
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts import errors, sealing
from accounts.models import AccessSettings, Agent, Passkey, Totp
from accounts.services import audit, recovery_codes, sign_in_failures
from accounts.signals import second_step_missing
from core.errors import DomainError

logger = logging.getLogger(__name__)

Method = Literal["totp", "recovery_code", "passkey"]

ISSUER = "Parley"
#: A clock may be wrong by half a minute to either side.
_DRIFT = (-1, 0, 1)
_DIGITS = 6


def is_set_up(agent: Agent) -> bool:
    return has_app(agent) or Passkey.objects.filter(agent=agent).exists()


def has_app(agent: Agent) -> bool:
    return Totp.objects.filter(agent=agent, confirmed_at__isnull=False).exists()


@transaction.atomic
def begin(agent: Agent) -> str:
    """A secret for the app to learn; it counts once a code of it was shown (`confirm`)."""
    totp, _ = Totp.objects.select_for_update().get_or_create(agent=agent)
    if totp.confirmed_at:
        raise errors.AppSetUpAlready
    secret = pyotp.random_base32()
    totp.secret = sealing.seal(secret)
    totp.save(update_fields=["secret"])
    return secret


def pending(agent: Agent) -> str | None:
    """The secret that waits for its first code."""
    totp = Totp.objects.filter(agent=agent, confirmed_at=None).first()
    return _secret(totp) if totp else None


def uri(agent: Agent, secret: str, *, of: str) -> str:
    """What the app reads from the picture. `of` names where one signs in with it, as the app shows it."""
    name = f"{agent.agent_id} ({of})"
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)


@transaction.atomic
def confirm(agent: Agent, code: str) -> list[str]:
    """From now on it is asked for. The recovery codes, if these are the agent's first, told only now."""
    totp = Totp.objects.select_for_update().filter(agent=agent, confirmed_at=None).first()
    period = _period(totp, code) if totp else None
    if totp is None or period is None:
        raise errors.FirstCodeWrong
    totp.confirmed_at = timezone.now()
    totp.last_period = period
    totp.save(update_fields=["confirmed_at", "last_period"])
    audit.record("two_step.enabled", agent)
    return recovery_codes.make_first(agent)


def attempt(agent: Agent, code: str, *, account: str, address: str) -> Method:
    """As `verify`; failures are counted, slowed down and locked, apart from those of the password."""
    return counted(lambda: verify(agent, code), account=account, address=address, refused=errors.CodeWrong)


def counted(
    shown: Callable[[], Method | None], *, account: str, address: str, refused: type[DomainError]
) -> Method:
    account = f"{account}/second step"
    sign_in_failures.count(account, address)
    method = shown()
    if method is None:
        raise _refusal(account, refused)
    sign_in_failures.forgive(account, address)
    return method


def verify(agent: Agent, code: str) -> Method | None:
    """How this code shows that it is them; each is good once. Spaces and hyphens in it do not matter."""
    code = code.replace("-", "").replace(" ", "")
    if not (code.isascii() and code.isdecimal()):
        return None
    if len(code) == _DIGITS:
        return "totp" if _take(agent, code) else None
    return "recovery_code" if recovery_codes.use(agent, code) else None


@transaction.atomic
def remove_app(agent: Agent) -> None:
    """The app's codes are worth nothing any more; without a passkey signing in is one step again."""
    deleted, _ = Totp.objects.filter(agent=agent, confirmed_at__isnull=False).delete()
    if deleted:
        audit.record("two_step.disabled", agent)
        forget_codes_of_nothing(agent)


@transaction.atomic
def reset(agent: Agent) -> None:
    """Everything is forgotten: for somebody who has lost telephone, keys and codes."""
    Totp.objects.filter(agent=agent).delete()
    Passkey.objects.filter(agent=agent).delete()
    recovery_codes.forget(agent)
    audit.record("two_step.reset", agent)
    _tell_whether_missing(agent)


def forget_codes_of_nothing(agent: Agent) -> None:
    """Recovery codes alone are no second step."""
    if not is_set_up(agent):
        recovery_codes.forget(agent)
        _tell_whether_missing(agent)


def _tell_whether_missing(agent: Agent) -> None:
    if AccessSettings.objects.filter(requires_two_step=True).exists():
        second_step_missing.send(Agent, agents=[agent])


def _refusal(account: str, refused: type[DomainError]) -> DomainError:
    """In the words of the second step."""
    trouble = sign_in_failures.answer(account)
    if isinstance(trouble, errors.SignInFailedAgain):
        return errors.CodeWrongAgain(**trouble.facts)
    return refused() if isinstance(trouble, errors.SignInFailed) else trouble


@transaction.atomic
def _take(agent: Agent, code: str) -> bool:
    """The row is locked meanwhile: of two who show the same code at once one is too late."""
    totp = Totp.objects.select_for_update().filter(agent=agent, confirmed_at__isnull=False).first()
    period = _period(totp, code) if totp else None
    if totp is None or period is None or period <= totp.last_period:
        return False
    totp.last_period = period
    totp.save(update_fields=["last_period"])
    return True


def _period(totp: Totp, code: str) -> int | None:
    """The newest period around now whose code it is. All of them are compared, whichever fits."""
    secret = _secret(totp)
    if secret is None:
        return None
    app = pyotp.TOTP(secret, digits=_DIGITS)
    now = app.timecode(timezone.now())
    fitting = [now + n for n in _DRIFT if constant_time_compare(app.generate_otp(now + n), code)]
    return max(fitting, default=None)


def _secret(totp: Totp) -> str | None:
    try:
        return sealing.open_sealed(totp.secret)
    except sealing.Unreadable:
        logger.error(
            "An app's secret was sealed with another PARLEY_SECRET_KEY: its codes count for nothing."
        )
        return None
