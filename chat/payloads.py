"""Rows as the protocol tells them."""

import datetime
from typing import cast

from accounts.models import Agent, Notice
from chat.models import Conversation, Entry
from protocol import payloads


def milliseconds(moment: datetime.datetime) -> int:
    return int(moment.timestamp() * 1000)


def _optional(moment: datetime.datetime | None) -> int | None:
    return None if moment is None else milliseconds(moment)


def of_entry(entry: Entry, picture: str = "") -> payloads.Entry:
    return payloads.Entry(
        number=entry.number,
        kind=cast(payloads.EntryKind, entry.kind),
        side=cast(payloads.Side, entry.side),
        at=milliseconds(entry.created_at),
        author=entry.author,
        agent_id=entry.agent_id,
        client_id=str(entry.client_id) if entry.client_id else None,
        text=entry.text,
        picture=picture,
    )


def of_marks(conversation: Conversation) -> payloads.Marks:
    return payloads.Marks(
        visitor_delivered=conversation.visitor_delivered,
        visitor_read=conversation.visitor_read,
        agent_delivered=conversation.agent_delivered,
        agent_read=conversation.agent_read,
    )


def of_conversation(conversation: Conversation, *, with_words: bool = True) -> payloads.Conversation:
    """A conversation for a list; `with_words` only for those who may read it."""
    return payloads.Conversation(
        id=conversation.pk,
        state=cast(payloads.State, conversation.state),
        visitor=str(conversation.visitor_id),
        visitor_name=conversation.visitor.name,
        agent_id=conversation.agent_id,
        agent_name=conversation.agent.name if conversation.agent else "",
        group_name=conversation.group_name,
        taken_by=taken_by(conversation),
        page=payloads.Page(url=conversation.page_url, title=conversation.page_title),
        requested_at=milliseconds(conversation.requested_at),
        accepted_at=_optional(conversation.accepted_at),
        ended_at=_optional(conversation.ended_at),
        ended_by=cast(payloads.Side, conversation.ended_by) if conversation.ended_by else None,
        returned_from=getattr(conversation, "returned_from", ""),
        last_number=conversation.last_number,
        marks=of_marks(conversation),
        preview=getattr(conversation, "preview", "")[:200] if with_words else "",
        unread=getattr(conversation, "unread", 0) if with_words else 0,
    )


def taken_by(conversation: Conversation) -> int | None:
    """The group whose agents alone may take it; as `with_summary` has found."""
    return getattr(conversation, "taken_by", None)


def of_agent(
    agent: Agent, status: str, reason: str = "signed_out", since: datetime.datetime | None = None
) -> payloads.Agent:
    return payloads.Agent(
        id=agent.pk,
        agent_id=agent.agent_id,
        name=agent.name,
        picture=agent.picture,
        status=cast(payloads.Status, status),
        reason=cast(payloads.StatusReason, reason),
        since=_optional(since) or 0,
    )


def of_notice(notice: Notice) -> payloads.Notice:
    return payloads.Notice(
        id=notice.pk,
        version=notice.version,
        title=notice.title,
        text=notice.text,
        author=notice.author.name,
        at=milliseconds(notice.starts_at),
    )
