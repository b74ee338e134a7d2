"""What chat does when a layer below announces something."""

from collections.abc import Collection, Iterable
from typing import Any

from accounts.models import Agent, Notice
from accounts.services import socket_tokens
from accounts.sessions import CompanySession
from chat import address_events, audiences, payloads
from chat.services import access, availability, presence
from companies.models import Company, OperatorVisit, Suggestion
from core.realtime.publish import publish
from protocol import events


def on_signed_out(*, agent: Agent, session_key: str, former: Collection[str] = (), **kwargs: Any) -> None:
    """Close the sockets of that sign-in; the agent is offline at once unless signed in elsewhere."""
    for session in (socket_tokens.session_hash(session_key), *former):
        presence.end_session(session)
        presence.sign_out(agent, session)


def on_agent_deactivated(*, agent: Agent, **kwargs: Any) -> None:
    """Nobody deactivated stays in the room; what their groups are shown as may be another now."""
    presence.dismiss(agent)
    access.look_again(agent)


def on_password_changed(*, agent: Agent, kept: str | None, **kwargs: Any) -> None:
    """Whoever came in with the one before is out, but for where it was changed."""
    presence.dismiss(agent, but=socket_tokens.names_of(CompanySession(kept)) if kept else ())


def on_access_rules_changed(*, networks: list[str], **kwargs: Any) -> None:
    """Each socket knows where it comes from, and closes where that does not hold any more."""
    publish(address_events.AddressRulesChanged(networks=networks), to=[audiences.address_rules()])


def on_second_step_missing(*, agents: Iterable[Agent], **kwargs: Any) -> None:
    """Whoever has to set one up first is sent there; conversations stay theirs as after a lost connection."""
    for agent in agents:
        presence.send_out(agent, "refused")


def on_visit_ended(*, visit: OperatorVisit, **kwargs: Any) -> None:
    """What the operator had open closes; no agent was there, so nobody leaves."""
    presence.end_session(socket_tokens.session_of(visit.pk))


def on_agent_changed(*, agent: Agent, **kwargs: Any) -> None:
    """What they may is another from now on, wherever they are signed in."""
    access.look_again(agent)


def on_company_closed(**kwargs: Any) -> None:
    """Nobody stays in the room, not even to look on, and websites show it as offline."""
    for agent in Agent.objects.filter(leases__isnull=False).distinct():
        presence.dismiss(agent, reason="refused")
    for agent in Agent.objects.active().administrators():
        presence.send_out(agent, "refused")
    availability.tell_once_committed()


def on_company_reopened(**kwargs: Any) -> None:
    """Agents come back by themselves; what was told of those who never left is told again."""
    availability.tell_once_committed()


def on_notice_shown(*, notice: Notice, to: list[int] | None, **kwargs: Any) -> None:
    """Wherever they are signed in, they read of it at once."""
    publish(events.NoticePublished(notice=payloads.of_notice(notice)), to=_hearers(to))


def on_notice_gone(*, notice: Notice, to: list[int] | None, **kwargs: Any) -> None:
    publish(events.NoticeWithdrawn(notice_id=notice.pk), to=_hearers(to))


def on_notice_read(*, notice_id: int, version: int, agent: Agent, **kwargs: Any) -> None:
    """Other tabs count it no more."""
    read = events.NoticeReadElsewhere(notice_id=notice_id, version=version)
    publish(read, to=[audiences.agent(agent.pk)])


def on_answers_changed(*, company: Company, agent_pk: int, **kwargs: Any) -> None:
    """The operator's answers, in whichever tab of the agent."""
    unread = Suggestion.objects.of(company, agent_pk).unread().count()
    publish(events.AnswersChanged(unread=unread), to=[audiences.agent(agent_pk)])


def _hearers(to: list[int] | None) -> list[str]:
    return audiences.agents() if to is None else [audiences.agent(pk) for pk in to]
