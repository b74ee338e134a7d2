"""What happens to conversations: requested, accepted, ended. How they go back to the line: `returns`."""

import uuid

from django.db import transaction

from accounts.models import Agent, Group
from chat import audiences, errors, lists, log, payloads, words
from chat.models import Conversation, Entry, Presence
from chat.services import availability, balance, returns
from companies import limits
from core import compiled
from core.errors import NotFound
from core.realtime.publish import publish
from protocol import events
from protocol import payloads as frames
from widgets.models import Visitor

_SUMMARY = compiled.Query(lambda: Conversation.objects.with_summary().filter(pk=compiled.Slot("pk")))


@transaction.atomic
def request(
    visitor: Visitor, *, text: str, client_id: uuid.UUID, page: frames.Page, group_id: int = 0
) -> Conversation:
    """Ask for an agent with the first words, perhaps of a group. Asking again, from any tab and through any icon,
    goes on in the open conversation."""
    text = words.text(text)
    # One request of a visitor after another: a repeat must not be refused while the first is under way.
    Visitor.objects.select_for_update(no_key=True).get(pk=visitor.pk)
    repeated = Conversation.objects.filter(visitor=visitor, entries__client_id=client_id).first()
    if repeated is not None:
        return repeated
    conversation = Conversation.objects.open().select_for_update(of=("self",)).filter(visitor=visitor).first()
    if conversation is None:
        conversation = _begin(visitor, page, Group.objects.filter(pk=group_id).first())
    log.append(conversation, Entry.Kind.TEXT, Entry.Side.VISITOR, text=text, client_id=client_id)
    balance.count_once_committed(conversation)
    lists.announce(conversation)
    publish(events.ConversationBegun(conversation_id=conversation.pk), to=[audiences.visitor(visitor.pk)])
    return conversation


def _begin(visitor: Visitor, page: frames.Page, group: Group | None) -> Conversation:
    """A group that is gone, as on a page with an old snippet, is none."""
    if availability.shown().of(group.pk if group else None) == "offline":
        raise errors.NobodyOnline
    conversation = Conversation.objects.create(
        visitor=visitor,
        group=group,
        group_name=group.name if group else "",
        page_url=words.line(page.url),
        page_title=words.line(page.title),
    )
    log.append(conversation, Entry.Kind.REQUESTED, Entry.Side.VISITOR)
    return conversation


@transaction.atomic
def accept(conversation_id: int, *, by: Agent) -> Conversation:
    """Take a waiting conversation; of two agents one gets it and the other is told who."""
    _make_sure_is_seen(by)
    conversation = _locked(conversation_id)
    if conversation.is_ended:
        raise errors.ConversationEnded
    if conversation.agent is not None:
        if conversation.agent == by:
            return conversation
        raise errors.AcceptedByOther(agent=conversation.agent.name)
    if conversation.group_id and not Conversation.objects.for_takers(by).filter(pk=conversation.pk).exists():
        raise errors.OtherGroup(group=conversation.group_name)
    limits.take(limits.Limit.CONVERSATIONS)
    conversation.agent = by
    conversation.state = Conversation.State.ACTIVE
    conversation.accepted_at = log.append(
        conversation, Entry.Kind.ACCEPTED, Entry.Side.AGENT, by=by
    ).created_at
    conversation.save(update_fields=["agent", "state", "accepted_at"])
    lists.announce(conversation)
    returns.watch(by)
    return conversation


def _make_sure_is_seen(agent: Agent) -> None:
    """Nobody becomes invisible, or is found to be gone, while they are accepting: the row stays locked."""
    presence = Presence.objects.select_for_update(no_key=True).filter(agent=agent).first()
    if presence is not None and presence.status == Presence.Status.INVISIBLE:
        raise errors.Invisible


@transaction.atomic
def end(conversation: Conversation, *, by: Agent | None = None) -> Conversation:
    """End it, by an agent or, without one, by the visitor. Ending an ended one changes nothing."""
    conversation = _locked(conversation.pk)
    if conversation.is_ended:
        return conversation
    side = Conversation.Side.AGENT if by else Conversation.Side.VISITOR
    conversation.state = Conversation.State.ENDED
    conversation.ended_by = side
    conversation.ended_at = log.append(conversation, Entry.Kind.ENDED, side, by=by).created_at
    conversation.save(update_fields=["state", "ended_at", "ended_by"])
    balance.compare_once_committed(conversation)
    lists.announce(conversation)
    return conversation


def announce_waiting(conversation_id: int) -> None:
    """Tell the lists what the visitor has added while waiting; nothing if it waits no longer."""
    conversation = Conversation.objects.waiting().filter(pk=conversation_id).first()
    if conversation is not None:
        lists.announce(conversation)


def opened(conversation: Conversation, after: int = 0) -> events.ConversationOpened:
    """The conversation and its log after a number: what somebody who has everything up to there is missing."""
    conversation = _SUMMARY.all(pk=conversation.pk)[0]
    entries = log.after(conversation, after)
    newest = entries[-1].number if entries else after
    return events.ConversationOpened(
        conversation=payloads.of_conversation(conversation),
        entries=[payloads.of_entry(entry, entry.picture) for entry in entries],
        complete=newest >= conversation.last_number,
    )


def _locked(conversation_id: int) -> Conversation:
    found = (
        # Not the agent with it: the join would show who had it before we waited for the lock.
        Conversation.objects.select_related("visitor")
        .select_for_update(of=("self",), no_key=True)
        .filter(pk=conversation_id)
        .first()
    )
    if found is None:
        raise NotFound
    return found
