"""Tokens by which visitors are recognised. Checked in process: a visitor's handshake asks no database."""

import datetime
import uuid
from typing import NamedTuple

from django.core import signing
from django.utils import timezone

from widgets import errors

LASTS = datetime.timedelta(days=400)
#: An older token is replaced when it is used, so that a visitor who comes back stays known.
RENEW_AFTER = datetime.timedelta(days=1)


class VisitorIdentity(NamedTuple):
    """Who a visitor is, and whether to give them a fresh token."""

    visitor_id: uuid.UUID
    renew: bool


def issue(company_id: int, visitor_id: uuid.UUID) -> str:
    return signing.TimestampSigner(salt="widgets.visitor").sign(f"{company_id}.{visitor_id.hex}")


def read(token: str, company_id: int) -> VisitorIdentity:
    """Whose token it is; it must be of this company."""
    signer = signing.TimestampSigner(salt="widgets.visitor")
    try:
        company, _, visitor = signer.unsign(token, max_age=LASTS).partition(".")
        age = timezone.now().timestamp() - _signed_at(token)
        identity = VisitorIdentity(uuid.UUID(visitor), age > RENEW_AFTER.total_seconds())
    except signing.SignatureExpired:
        raise errors.VisitorTokenExpired from None
    except (signing.BadSignature, ValueError):
        raise errors.VisitorTokenInvalid from None
    if company != str(company_id):
        raise errors.VisitorTokenInvalid
    return identity


def _signed_at(token: str) -> int:
    return signing.b62_decode(token.split(":")[-2])
