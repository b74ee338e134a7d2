"""What agents' lists hear of conversations."""

from chat import audiences, payloads
from chat.models import Conversation
from core.realtime.publish import publish
from protocol import events


def announce(conversation: Conversation) -> None:
    """Tell the agents' lists; the words of it only to those who may take it while it waits."""
    told = Conversation.objects.with_summary().get(pk=conversation.pk)
    changed = payloads.of_conversation(told, with_words=told.is_waiting)
    silent = payloads.of_conversation(told, with_words=False)
    group = payloads.taken_by(told)
    if group is None:
        publish(events.ConversationChanged(conversation=changed), to=[audiences.takers()])
        publish(events.ConversationChanged(conversation=silent), to=[audiences.others()])
    else:
        publish(events.ConversationChanged(conversation=silent), to=audiences.agents())
        publish(events.ConversationChanged(conversation=changed), to=[audiences.group(group)])
