"""Words left while nobody is online."""

import uuid

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from accounts.models import Agent
from chat import audiences, errors, words
from chat.models import OfflineMessage
from core.realtime.publish import publish
from protocol import events
from protocol import payloads as frames
from widgets.models import Visitor


@transaction.atomic
def leave(
    visitor: Visitor, *, client_id: uuid.UUID, text: str, name: str, email: str, page: frames.Page
) -> OfflineMessage:
    """Keep the words. Sent again under the same name they are kept once."""
    message, created = OfflineMessage.objects.get_or_create(
        visitor=visitor,
        client_id=client_id,
        defaults={
            "text": words.text(text),
            "name": words.line(name),
            "email": _email(email),
            "page_url": words.line(page.url),
            "page_title": words.line(page.title),
        },
    )
    if created:
        _announce()
    return message


@transaction.atomic
def mark_read(message: OfflineMessage, *, by: Agent) -> OfflineMessage:
    """Somebody has read it; the first to do so is named."""
    if message.read_at is None:
        message.read_at = timezone.now()
        message.read_by = by
        message.save(update_fields=["read_at", "read_by"])
        _announce()
    return message


def _announce() -> None:
    unread = OfflineMessage.objects.unread().count()
    publish(events.OfflineMessageLeft(unread=unread), to=audiences.agents())


def _email(email: str) -> str:
    email = words.line(email)
    try:
        if email:
            validate_email(email)
    except ValidationError:
        raise errors.EmailInvalid from None
    return email
