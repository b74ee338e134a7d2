"""The log of a conversation: entries numbered 1, 2, 3 … without gaps. Messages by the hundred go through
`chat.hot.writer`; everything else that happens to a conversation is appended here. Nothing else writes entries.
"""

import uuid
from collections.abc import Iterable, Iterator

from django.db import connection
from django.utils import timezone

from accounts.models import Agent
from chat import audiences, payloads
from chat.models import Conversation, Entry
from core import compiled
from core.realtime.publish import publish
from protocol import events

#: Entries of one answer, and bytes of their words; who misses more asks again.
PAGE = 500
PAGE_BYTES = 256 * 1024

_AFTER = compiled.Query(
    lambda: (
        Entry.objects.filter(conversation=compiled.Slot("conversation"), number__gt=compiled.Slot("number"))
        .with_pictures()
        .order_by("number")[:PAGE]
    )
)


def append(
    conversation: Conversation,
    kind: Entry.Kind,
    side: str,
    *,
    by: Agent | None = None,
    text: str = "",
    client_id: uuid.UUID | None = None,
) -> Entry:
    """Write the next entry and tell both sides after the commit. Needs a transaction."""
    if not connection.in_atomic_block:
        raise RuntimeError("The log is written inside a transaction.")
    conversation.last_number = _next_number(conversation)
    entry = Entry(
        conversation=conversation,
        number=conversation.last_number,
        kind=kind,
        side=side,
        agent_id=by.pk if by else None,
        author=by.name if by else "",
        client_id=client_id,
        text=text,
        created_at=timezone.now(),
    )
    entry.save(force_insert=True)
    _tell(conversation, entry, by)
    return entry


def _tell(conversation: Conversation, entry: Entry, by: Agent | None) -> None:
    heard_by = [audiences.conversation(conversation.pk)]
    if conversation.is_waiting:
        heard_by.append(audiences.waiting(conversation.pk))
    picture = by.picture if by and entry.kind == Entry.Kind.ACCEPTED else ""
    told = payloads.of_entry(entry, picture)
    publish(events.EntryCreated(conversation_id=conversation.pk, entry=told), to=heard_by)


def after(conversation: Conversation, number: int) -> list[Entry]:
    """At most PAGE entries and PAGE_BYTES that follow the number, oldest first, with pictures."""
    return list(_that_fit(_AFTER.all(conversation=conversation.pk, number=number)))


def _that_fit(entries: Iterable[Entry]) -> Iterator[Entry]:
    size = 0
    for entry in entries:
        size += len(entry.text.encode())
        if size > PAGE_BYTES:
            return
        yield entry


def _next_number(conversation: Conversation) -> int:
    # The row stays locked until the commit: that is why no number is missing and none is used twice.
    locked = (
        Conversation.objects.select_for_update(no_key=True).values_list("last_number").get(pk=conversation.pk)
    )
    number = int(locked[0]) + 1
    Conversation.objects.filter(pk=conversation.pk).update(last_number=number)
    return number
