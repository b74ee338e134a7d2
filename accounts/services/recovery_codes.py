"""Codes for when the telephone is lost: ten at a time, each good once."""

import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts import sealing
from accounts.models import Agent, RecoveryCode
from accounts.services import audit

HOW_MANY = 10
#: Figures alone, so that one field with a numeric keyboard takes them and an app's codes alike.
LENGTH = 12
_SALT = "accounts.recovery-code"


@transaction.atomic
def renew(agent: Agent) -> list[str]:
    """New codes, told only now; the earlier ones are worthless."""
    codes = _make(agent)
    audit.record("recovery_codes.renewed", agent)
    return codes


def make_first(agent: Agent) -> list[str]:
    """With somebody's first second step; none where they have some left."""
    return [] if left(agent) else _make(agent)


def use(agent: Agent, code: str) -> bool:
    """Whether it is one of theirs and unused; of two at the same moment only one hears yes."""
    hashes = [_hash(agent, code, secret) for secret in sealing.secrets()]
    unused = RecoveryCode.objects.filter(agent=agent, code_hash__in=hashes, used_at=None)
    return unused.update(used_at=timezone.now()) == 1


def left(agent: Agent) -> int:
    return RecoveryCode.objects.filter(agent=agent, used_at=None).count()


def forget(agent: Agent) -> None:
    RecoveryCode.objects.filter(agent=agent).delete()


def grouped(code: str) -> str:
    """As people read and type it: 1234-5678-9012."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def _make(agent: Agent) -> list[str]:
    codes = [_random() for _ in range(HOW_MANY)]
    forget(agent)
    secret = sealing.secrets()[0]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(agent=agent, code_hash=_hash(agent, code, secret)) for code in codes
    )
    return [grouped(code) for code in codes]


def _random() -> str:
    return "".join(secrets.choice("0123456789") for _ in range(LENGTH))


def _hash(agent: Agent, code: str, secret: str) -> str:
    """By the installation's secret: whoever has the database alone cannot try all figures."""
    return salted_hmac(_SALT, f"{agent.pk}:{code}", secret, algorithm="sha256").hexdigest()
