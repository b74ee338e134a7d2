"""Conversations and the presence of those who hold them."""

from chat.models.balance import BalanceCheck, Tally
from chat.models.conversation import Conversation
from chat.models.entry import Entry
from chat.models.offline_message import OfflineMessage
from chat.models.presence import Lease, Presence
from chat.models.settings import ChatSettings
from chat.models.status_period import StatusPeriod

__all__ = [
    "BalanceCheck",
    "ChatSettings",
    "Conversation",
    "Entry",
    "Lease",
    "OfflineMessage",
    "Presence",
    "StatusPeriod",
    "Tally",
]
