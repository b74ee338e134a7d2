"""What people read on the screen and go by, in the languages they come in."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    locale: str
    chat_with_us: str
    chat: str
    message: str
    send: str
    end_chat: str
    company_id: str
    agent_id: str
    password: str
    sign_in: str
    visitors: str
    requesting: str
    end: str
    sent: str
    delivered: str
    read: str


ENGLISH = Words(
    locale="en-US",
    chat_with_us="Chat with us",
    chat="Chat",
    message="Message",
    send="Send",
    end_chat="End chat",
    company_id="Company ID",
    agent_id="Agent ID",
    password="Password",
    sign_in="Sign in",
    visitors="Visitors",
    requesting="Requesting",
    end="End",
    sent="Sent",
    delivered="Delivered",
    read="Read",
)
