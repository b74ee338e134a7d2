"""Deliveries: what leaves the house is a row first and a task second; a sweep finds rows whose task was lost."""

import datetime
import logging
from typing import Any

from django.conf import settings
from django.core import mail
from django.db import transaction
from django.utils import timezone

from companies.models import Company, Delivery

logger = logging.getLogger(__name__)

ATTEMPTS = 8
#: A task that has begun keeps others away for this long.
_CLAIM = datetime.timedelta(minutes=2)


def post_mail(
    company: Company, *, key: str, to: str, subject: str, text: str, is_secret: bool = False
) -> Delivery:
    """A mail to send after the commit. A second one with the same key is the first one.

    The words of a secret one, which open something, are kept only until it has left.
    """
    delivery, created = Delivery.objects.get_or_create(
        key=key,
        defaults={
            "company": company,
            "kind": Delivery.Kind.MAIL,
            "to": to,
            "content": {"subject": subject, "text": text, "is_secret": is_secret},
        },
    )
    if created:
        transaction.on_commit(lambda: _hand_over(delivery.pk))
    return delivery


def send(delivery_id: int) -> None:
    """Send one that is due. Harmless to call again, at the same time or later."""
    delivery = _claim(delivery_id)
    if delivery is None:
        return
    try:
        _send_mail(delivery)
    except Exception as error:
        _failed(delivery, error)
        return
    Delivery.objects.filter(pk=delivery.pk).update(
        state=Delivery.State.SENT, sent_at=timezone.now(), last_error="", content=_kept(delivery)
    )


def sweep() -> int:
    """Hand over what is due and nobody has sent; returns how many."""
    due = list(Delivery.objects.due().values_list("pk", flat=True)[:1000])
    for delivery_id in due:
        _hand_over(delivery_id)
    return len(due)


def _hand_over(delivery_id: int) -> None:
    from companies import tasks

    try:
        tasks.send_delivery.delay(delivery_id)
    except tasks.BrokerUnreachable:
        logger.warning("The broker is away; delivery %s waits for the sweep.", delivery_id)


def _claim(delivery_id: int) -> Delivery | None:
    with transaction.atomic():
        delivery = Delivery.objects.due().lockable().filter(pk=delivery_id).first()
        if delivery is not None:
            delivery.attempts += 1
            delivery.next_attempt_at = timezone.now() + _CLAIM
            delivery.save(update_fields=["attempts", "next_attempt_at"])
    return delivery


def _send_mail(delivery: Delivery) -> None:
    message = mail.EmailMessage(
        subject=delivery.content["subject"],
        body=delivery.content["text"],
        to=[delivery.to],
        # A mail that is sent again carries the same name, so that mail programs can tell.
        headers={
            "Message-ID": f"<{delivery.key}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2].rstrip('>')}>"
        },
    )
    message.send()


def _failed(delivery: Delivery, error: Exception) -> None:
    logger.warning("Delivery %s, attempt %s: %s", delivery.pk, delivery.attempts, type(error).__name__)
    over = delivery.attempts >= ATTEMPTS
    Delivery.objects.filter(pk=delivery.pk).update(
        state=Delivery.State.FAILED if over else Delivery.State.PENDING,
        next_attempt_at=timezone.now() + datetime.timedelta(seconds=30 * 2**delivery.attempts),
        content=_kept(delivery) if over else delivery.content,
        last_error=f"{type(error).__name__}: {error}"[:500],
    )


def _kept(delivery: Delivery) -> dict[str, Any]:
    """What stays of a mail that is over."""
    content: dict[str, Any] = delivery.content
    return content | {"text": ""} if content.get("is_secret") else content
