"""A notice reaches those it is meant for, at the time that was set, and nobody else."""

import datetime

import msgspec
import pytest
from django.utils import timezone

from accounts import errors
from accounts.models import AuditEntry, Group, Notice
from accounts.services import notices
from accounts.services.notices import Words
from companies.models import Alarm
from companies.services import alarms
from core.errors import NotFound

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def sales(in_acme, carol):
    group = Group.objects.create(name="Sales")
    group.agents.add(carol)
    return group


def told(published):
    return [
        (channel.partition(":")[2], msgspec.json.decode(payload)["type"]) for channel, payload in published
    ]


def test_everyone_is_told_at_once(in_acme, alice, published, commit):
    with commit():
        notices.publish(Words("Tonight", "We close at six"), by=alice)
    assert told(published) == [
        ("takers", "notice.published"),
        ("others", "notice.published"),
        (f"agent:{alice.pk}", "notice.read"),
    ]
    event = msgspec.json.decode(published[0][1])["notice"]
    assert (event["title"], event["text"], event["author"]) == ("Tonight", "We close at six", "Alice")


def test_nothing_is_told_when_the_transaction_fails(in_acme, alice, published):
    notices.publish(Words("Tonight", "We close at six"), by=alice)
    assert published == []


def test_groups_are_told_and_nobody_else(in_acme, alice, bob, carol, sales, published, commit):
    with commit():
        notices.publish(Words("Prices", "New list", "groups", groups=[sales]), by=alice)
    assert told(published) == [(f"agent:{carol.pk}", "notice.published")]
    assert [list(Notice.objects.unread_by(one).values_list("title", flat=True)) for one in (bob, carol)] == [
        [], ["Prices"],
    ]  # fmt: skip


def test_whoever_joins_the_group_later_sees_it_too(in_acme, alice, bob, sales):
    notice = notices.publish(Words("Prices", "New list", "groups", groups=[sales]), by=alice)
    sales.agents.add(bob)
    assert list(Notice.objects.unread_by(bob)) == [notice]


def test_named_agents_are_told_and_nobody_else(in_acme, alice, bob, carol, published, commit):
    with commit():
        notices.publish(Words("You", "Only you", "agents", agents=[bob]), by=alice)
    assert told(published) == [(f"agent:{bob.pk}", "notice.published")]
    assert not Notice.objects.unread_by(carol).exists()


def test_in_two_groups_one_is_meant_once(in_acme, alice, carol, sales):
    support = Group.objects.create(name="Support")
    support.agents.add(carol)
    notices.publish(Words("Prices", "New list", "groups", groups=[sales, support]), by=alice)
    assert Notice.objects.to(carol).count() == 1


def test_one_that_is_planned_is_shown_by_the_alarm_and_ended_by_it(in_acme, alice, bob, published, commit):
    begin = timezone.now() + HOUR
    with commit():
        notice = notices.publish(
            Words("Later", "In an hour", "agents", agents=[bob], starts_at=begin, ends_at=begin + HOUR),
            by=alice,
        )
    assert published == []
    assert not Notice.objects.unread_by(bob).exists()
    alarm = Alarm.objects.get(kind=notices.TIME)
    assert (alarm.subject, alarm.due_at) == (str(notice.pk), begin)
    past(notice, starts=-2, ends=1)
    with commit():
        assert notices.look(alarm.subject) == Notice.objects.get().ends_at
    past(notice, starts=-2, ends=-1)
    with commit():
        assert notices.look(alarm.subject) is None
    assert [type_ for _, type_ in told(published)] == ["notice.published", "notice.withdrawn"]


def test_an_alarm_that_rings_too_early_comes_again(in_acme, alice):
    begin = timezone.now() + HOUR
    notice = notices.publish(Words("Later", "In an hour", starts_at=begin), by=alice)
    assert notices.look(str(notice.pk)) == begin


def test_an_alarm_that_rings_while_it_is_shown_tells_no_reader_anew(
    in_acme, alice, bob, carol, published, commit
):
    notice = notices.publish(Words("Now", "Words", ends_at=timezone.now() + HOUR), by=alice)
    notices.read(notice.pk, version=0, by=bob)
    with commit():
        assert notices.look(str(notice.pk)) == notice.ends_at
    assert {channel for channel, _ in told(published)} == {f"agent:{carol.pk}"}


def test_the_clock_of_the_product_rings_it(in_acme, alice, published, commit):
    notice = notices.publish(Words("Now", "Words", ends_at=timezone.now() + HOUR), by=alice)
    past(notice, starts=-2, ends=-1)
    Alarm.objects.update(due_at=timezone.now())
    with commit():
        alarms.ring_due()
    assert "notice.withdrawn" in {type_ for _, type_ in told(published)}
    assert not Alarm.objects.exists()


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (Words("T", "x", "groups"), errors.NoticeWithoutGroups),
        (Words("T", "x", "agents"), errors.NoticeWithoutAgents),
        (Words("T", "x", ends_at=timezone.now() - HOUR), errors.NoticeEndsTooEarly),
        (Words("T", "x", starts_at=timezone.now() + HOUR, ends_at=timezone.now()), errors.NoticeEndsTooEarly),
    ],
)
def test_what_nobody_could_see_is_refused(words, error, in_acme, alice):
    with pytest.raises(error):
        notices.publish(words, by=alice)
    assert not Notice.objects.exists()


def test_the_audit_log_names_it(in_acme, alice):
    notices.publish(Words("Tonight", "We close at six"), by=alice)
    entry = AuditEntry.objects.get(action="notice.published")
    assert (entry.subject_name, entry.changes["text"]) == ("Tonight", ["", "We close at six"])


def past(notice, *, starts, ends):
    """As if so many hours lay between now and its beginning and end."""
    now = timezone.now()
    Notice.objects.filter(pk=notice.pk).update(starts_at=now + starts * HOUR, ends_at=now + ends * HOUR)


def test_an_edition_that_never_was_cannot_have_been_read(in_acme, alice, bob):
    notice = notices.publish(Words(title="Party", text="At six"), by=alice)
    for version in (-1, 1):
        with pytest.raises(NotFound):
            notices.read(notice.pk, version=version, by=bob)


def test_who_wrote_it_has_read_it_and_again_when_they_edit_it(in_acme, alice, bob):
    notice = notices.publish(notices.Words("Tonight", "We close at six"), by=alice)
    assert not Notice.objects.unread_by(alice).exists()
    notices.edit(notice, notices.Words("Tonight", "At seven"), seen=0, by=alice)
    assert not Notice.objects.unread_by(alice).exists()
    assert Notice.objects.unread_by(bob).exists()


def test_who_wrote_it_for_others_is_no_reader(in_acme, alice, bob):
    words = notices.Words("Tonight", "We close at six", Notice.Audience.AGENTS, agents=[bob])
    assert not notices.publish(words, by=alice).readings.exists()
