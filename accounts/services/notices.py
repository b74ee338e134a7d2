"""Notices for colleagues: published, edited, withdrawn, deleted, read; an alarm begins and ends them."""

import datetime
from collections.abc import Collection
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from accounts import errors
from accounts.models import Agent, Group, Notice, NoticeEdition, NoticeReading
from accounts.services import audit, editing
from accounts.signals import notice_gone, notice_read, notice_shown
from companies.models import Company
from companies.services import alarms
from core.errors import NotFound
from core.tenancy import context

#: The kind of alarm that shows a notice and takes it away; its subject is a notice.
TIME = "accounts.notice"


class Words(NamedTuple):
    """What somebody who publishes or edits has typed and chosen."""

    title: str
    text: str
    audience: str = Notice.Audience.ALL
    groups: Collection[Group] = ()
    agents: Collection[Agent] = ()
    #: None: at once.
    starts_at: datetime.datetime | None = None
    ends_at: datetime.datetime | None = None


@transaction.atomic
def publish(words: Words, *, by: Agent) -> Notice:
    """Shown at once to those it is meant for, or as soon as it begins."""
    notice = Notice(author=by)
    changes = _fill(notice, words)
    notice.save()
    changes |= _address(notice, words)
    audit.record("notice.published", notice, changes)
    _show(notice)
    _has_read(notice, by)
    return notice


@transaction.atomic
def edit(notice: Notice, words: Words, *, seen: int, by: Agent) -> Notice:
    """Everybody it is meant for has it anew as unread; how it stood before is kept."""
    before = Notice.objects.get(pk=notice.pk)
    changed: Notice = editing.claim(notice, seen)
    if changed.withdrawn_at or changed.deleted_at:
        raise errors.NoticeWithdrawn
    NoticeEdition.objects.create(
        notice=changed, version=before.version, title=before.title, text=before.text, edited_by=by
    )
    to = _hearers(before) if before.is_shown else []
    changes = _fill(changed, words)
    changed.edited_at = timezone.now()
    changed.save()
    changes |= _address(changed, words)
    audit.record("notice.edited", changed, changes)
    _hide(changed, to)
    _show(changed)
    _has_read(changed, by)
    return changed


@transaction.atomic
def withdraw(notice: Notice) -> None:
    """Nobody sees it any more but those who publish. Harmless to repeat."""
    if Notice.objects.existing().filter(pk=notice.pk, withdrawn_at=None).update(withdrawn_at=timezone.now()):
        audit.record("notice.withdrawn", notice)
        _hide(notice, _hearers(notice))


@transaction.atomic
def delete(notice: Notice) -> None:
    """Gone from every list; the audit log still tells of it. Harmless to repeat."""
    if Notice.objects.existing().filter(pk=notice.pk).update(deleted_at=timezone.now()):
        audit.record("notice.deleted", notice, {"title": [notice.title, ""], "text": [notice.text, ""]})
        _hide(notice, _hearers(notice))


@transaction.atomic
def read(notice_id: int, *, version: int, by: Agent) -> None:
    """The agent has read it as it stood then. Harmless to repeat."""
    notice = Notice.objects.existing().to(by).filter(pk=notice_id, starts_at__lte=timezone.now()).first()
    if notice is None or notice.withdrawn_at or not 0 <= version <= notice.version:
        raise NotFound
    _keep_reading(notice, version, by)


def look(subject: str) -> datetime.datetime | None:
    """The alarm's handler: show it if its time has come, take it away if that is over."""
    notice = Notice.objects.existing().filter(pk=int(subject), withdrawn_at=None).first()
    if notice is None:
        return None
    if notice.state == Notice.State.PLANNED:
        return notice.starts_at
    if notice.state == Notice.State.ENDED:
        _hide(notice, _hearers(notice))
        return None
    notice_shown.send(Notice, notice=notice, to=_without_readers(notice))
    return notice.ends_at


def _fill(notice: Notice, words: Words) -> dict[str, list[Any]]:
    starts_at = words.starts_at or timezone.now()
    if words.ends_at is not None and words.ends_at <= max(starts_at, timezone.now()):
        raise errors.NoticeEndsTooEarly
    return audit.apply(
        notice,
        title=words.title,
        text=words.text,
        audience=words.audience,
        starts_at=starts_at,
        ends_at=words.ends_at,
    )


def _address(notice: Notice, words: Words) -> dict[str, list[Any]]:
    """To whom; the groups of one that is meant for agents are dropped, and so on."""
    groups = words.groups if words.audience == Notice.Audience.GROUPS else ()
    agents = words.agents if words.audience == Notice.Audience.AGENTS else ()
    if words.audience == Notice.Audience.GROUPS and not groups:
        raise errors.NoticeWithoutGroups
    if words.audience == Notice.Audience.AGENTS and not agents:
        raise errors.NoticeWithoutAgents
    before = _names(notice)
    notice.groups.set(groups)
    notice.agents.set(agents)
    after = _names(notice)
    return {name: [before[name], after[name]] for name in after if before[name] != after[name]}


def _names(notice: Notice) -> dict[str, list[str]]:
    return {
        "groups": sorted(notice.groups.values_list("name", flat=True)),
        "agents": sorted(notice.agents.values_list("name", flat=True)),
    }


def _show(notice: Notice) -> None:
    """At once if it is time, else by the alarm, which ends it too."""
    if notice.is_shown:
        notice_shown.send(Notice, notice=notice, to=_hearers(notice))
    due_at = notice.ends_at if notice.is_shown else notice.starts_at
    if due_at is not None:
        company = Company.objects.get(schema_name=context.schema())
        alarms.set_alarm(company, TIME, str(notice.pk), due_at)


def _has_read(notice: Notice, author: Agent) -> None:
    """What somebody has just written is no news to them."""
    if notice.recipients.filter(pk=author.pk).exists():
        _keep_reading(notice, notice.version, author)


def _keep_reading(notice: Notice, version: int, by: Agent) -> None:
    NoticeReading.objects.get_or_create(notice=notice, agent=by, version=version)
    notice_read.send(Notice, notice_id=notice.pk, version=version, agent=by)


def _hide(notice: Notice, to: list[int] | None) -> None:
    notice_gone.send(Notice, notice=notice, to=to)


def _without_readers(notice: Notice) -> list[int] | None:
    """An alarm may ring while it is shown already: whoever has read it must not have it anew."""
    readers = notice.readings.filter(version=notice.version).values("agent")
    if not readers.exists():
        return _hearers(notice)
    return list(notice.recipients.exclude(pk__in=readers).values_list("pk", flat=True))


def _hearers(notice: Notice) -> list[int] | None:
    """None: everybody."""
    if notice.audience == Notice.Audience.ALL:
        return None
    return list(notice.recipients.values_list("pk", flat=True))
