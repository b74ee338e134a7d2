"""The mail that confirms a company's e-mail address, and its link."""

import datetime

from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import errors, words
from accounts.services import audit, mails
from companies.models import Company, Delivery
from companies.models.company import CONFIRMATION_PERIOD

_SALT = "accounts.confirmation"
#: Until the mail may be sent again; doubles with each, since the address may be somebody else's.
_FIRST_PAUSE = datetime.timedelta(minutes=1)
_LONGEST_PAUSE = datetime.timedelta(days=1)


def send(company: Company, *, agent_id: str, origin: str = "") -> Delivery:
    """Mail the link; each call is one more mail."""
    sign_in = f"{mails.link('accounts:sign-in', origin=origin)}?company={company.company_id}"
    return mails.post(
        "confirmation",
        company,
        to=company.email,
        language=company.language,
        key=f"{_key(company)}{_sent(company) + 1}",
        subject=_("Confirm your e-mail address for %(company)s"),
        agent_id=agent_id,
        confirm_url=mails.link("accounts:confirm", token_of(company), origin=origin),
        sign_in_url=sign_in,
        days=CONFIRMATION_PERIOD.days,
    )


@transaction.atomic
def send_again(company: Company, *, agent_id: str, origin: str = "") -> Delivery:
    """Mail a fresh link, after a pause that grows with each."""
    company = Company.objects.select_for_update().get(pk=company.pk)
    if company.is_confirmed:
        raise errors.AlreadyConfirmed
    wait = _next_at(company) - timezone.now()
    if wait > datetime.timedelta():
        raise errors.SentJustNow(wait=words.duration(wait.total_seconds()))
    return send(company, agent_id=agent_id, origin=origin)


@transaction.atomic
def confirm(token: str) -> Company:
    """Confirm the company that the link was mailed to. Harmless to repeat."""
    company_id, email = _read(token)
    company = Company.objects.filter(company_id=company_id, email=email).first()
    if company is None:
        raise errors.LinkInvalid
    fresh = Company.objects.filter(pk=company.pk, confirmed_at=None).update(confirmed_at=timezone.now())
    company.refresh_from_db(fields=["confirmed_at"])
    if fresh:
        with company.entered():
            audit.record("company.confirmed", company)
    return company


def token_of(company: Company) -> str:
    return signing.dumps([company.company_id, company.email], salt=_SALT)


def _read(token: str) -> tuple[int, str]:
    try:
        company_id, email = signing.loads(token, salt=_SALT, max_age=CONFIRMATION_PERIOD)
    except signing.SignatureExpired:
        raise errors.LinkExpired from None
    except (signing.BadSignature, ValueError):
        raise errors.LinkInvalid from None
    return company_id, email


def _key(company: Company) -> str:
    return f"confirmation-{company.company_id}-"


def _sent(company: Company) -> int:
    return company.deliveries.filter(key__startswith=_key(company)).count()


def _next_at(company: Company) -> datetime.datetime:
    earlier = company.deliveries.filter(key__startswith=_key(company)).order_by("created_at")
    last = earlier.last()
    if last is None:
        return timezone.now()
    pause: datetime.timedelta = _FIRST_PAUSE * 2 ** min(earlier.count() - 1, 20)
    return last.created_at + min(pause, _LONGEST_PAUSE)
