"""Who takes part in a run against Parley, as far as sockets need to know."""

from typing import NamedTuple


class Talk(NamedTuple):
    """A visitor and an agent in an accepted conversation, with a token for each."""

    company_id: int
    conversation_id: int
    visitor_token: str
    agent_token: str


class Idler(NamedTuple):
    """An agent without conversations."""

    company_id: int
    schema: str
    pk: int
    token: str
