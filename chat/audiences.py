"""Who hears an event: names of channels. Ids repeat across companies, so every name starts with the schema."""

import uuid

from core.tenancy import context


def _channel(*parts: object) -> str:
    return ":".join([context.schema(), *map(str, parts)])


def site() -> str:
    """Every visitor on the company's website."""
    return _channel("site")


def visitor(visitor_id: uuid.UUID) -> str:
    """All tabs of one visitor."""
    return _channel("visitor", visitor_id)


def conversation(conversation_id: int) -> str:
    """Both sides of one conversation, and who may read everybody's."""
    return _channel("conversation", conversation_id)


def waiting(conversation_id: int) -> str:
    """Agents who look at a conversation before anybody has accepted it. Silent from then on."""
    return _channel("waiting", conversation_id)


def takers() -> str:
    """Agents who may take a waiting conversation, and so may read its first words."""
    return _channel("takers")


def group(group_id: int) -> str:
    """Agents of a group who take chats: alone they may read what waits for it."""
    return _channel("group", group_id)


def access(agent_id: int) -> str:
    """The sockets of one agent, as far as what they may hear is concerned."""
    return _channel("access", agent_id)


def others() -> str:
    """Agents who see that a conversation is there, but not its words."""
    return _channel("others")


def agents() -> list[str]:
    """Every agent of the company."""
    return [takers(), others()]


def administrators() -> str:
    """Administrators, who see every colleague's true status."""
    return _channel("administrators")


def colleagues() -> str:
    """Everybody else of the company's agents: to them, who is invisible is offline."""
    return _channel("colleagues")


def agent(agent_id: int) -> str:
    """All tabs of one agent."""
    return _channel("agent", agent_id)


def session(session_hash: str) -> str:
    """The sockets of one sign-in."""
    return _channel("session", session_hash)


def dismissals(agent_id: int) -> str:
    """All sockets of one agent, also those that hold no lease, as far as it matters whether they may be here."""
    return _channel("dismissals", agent_id)


def address_rules() -> str:
    """The sockets of all agents, as far as it matters where they come from."""
    return _channel("address-rules")


def board() -> str:
    """Agents who watch the visitor board."""
    return _channel("board")
