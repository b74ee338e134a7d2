"""What can be taken along of conversations; registered in `apps.py`."""

from django.utils.translation import gettext_lazy as _

from accounts.capabilities import Capability
from accounts.exports import Kind
from chat.models import Entry, OfflineMessage

CONVERSATIONS = Kind(
    "conversations",
    _("Conversations"),
    _(
        "Every conversation with everything that was said and happened in it, a line for each: when, by whom, the "
        "words, and of the conversation the visitor, the agent, the page and the times."
    ),
    Capability.SEE_ALL_RECORDS,
    Entry.objects.all,
    {
        "conversation": "conversation_id", "number": "number", "at": "created_at", "kind": "kind", "side": "side",
        "author": "author", "text": "text",
        "visitor": "conversation__visitor_id", "visitor_name": "conversation__visitor__name",
        "visitor_email": "conversation__visitor__email", "agent_id": "conversation__agent__agent_id",
        "group": "conversation__group_name", "page_url": "conversation__page_url",
        "page_title": "conversation__page_title", "state": "conversation__state",
        "requested_at": "conversation__requested_at", "accepted_at": "conversation__accepted_at",
        "ended_at": "conversation__ended_at", "ended_by": "conversation__ended_by",
    },
)  # fmt: skip

OFFLINE_MESSAGES = Kind(
    "offline-messages",
    _("Offline messages"),
    _("What visitors wrote while nobody was there: when, name, e-mail, words, page, and who has read it."),
    Capability.ANSWER_OFFLINE_MESSAGES,
    OfflineMessage.objects.all,
    {
        "at": "created_at", "name": "name", "email": "email", "text": "text", "page_url": "page_url",
        "page_title": "page_title", "visitor": "visitor_id", "read_at": "read_at",
        "read_by": "read_by__agent_id",
    },
)  # fmt: skip
