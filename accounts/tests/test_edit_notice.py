"""Editing makes a notice unread again and keeps how it stood; withdrawing and deleting take it away at once."""

import msgspec
import pytest

from accounts import acting, errors
from accounts.models import AuditEntry, Notice
from accounts.services import notices
from accounts.services.notices import Words
from core.errors import NotFound


@pytest.fixture
def notice(in_acme, alice):
    return notices.publish(Words("Tonight", "We close at six"), by=alice)


def types(published):
    return [msgspec.json.decode(payload)["type"] for _, payload in published]


def test_readers_have_it_anew_as_unread(notice, alice, bob):
    notices.read(notice.pk, version=0, by=bob)
    assert not Notice.objects.unread_by(bob).exists()
    notices.edit(notice, Words("Tonight", "We close at seven"), seen=0, by=alice)
    assert Notice.objects.unread_by(bob).get().text == "We close at seven"


def test_how_it_stood_is_kept(notice, alice):
    notices.edit(notice, Words("Tomorrow", "We close at seven"), seen=0, by=alice)
    edition = notice.editions.get()
    assert (edition.version, edition.title, edition.text) == (0, "Tonight", "We close at six")
    assert edition.edited_by == alice


def test_open_pages_are_told(notice, alice, published, commit):
    with commit():
        notices.edit(notice, Words("Tonight", "We close at seven"), seen=0, by=alice)
    assert types(published) == ["notice.withdrawn"] * 2 + ["notice.published"] * 2 + ["notice.read"]


def test_who_is_no_longer_meant_sees_it_no_longer(notice, alice, bob, carol):
    notices.edit(notice, Words("Tonight", "You close", "agents", agents=[bob]), seen=0, by=alice)
    assert [Notice.objects.unread_by(one).count() for one in (bob, carol)] == [1, 0]


def test_the_second_of_two_editors_is_told_by_whom(notice, alice, bob):
    with acting.acting(acting.agent(bob)):
        notices.edit(notice, Words("Bob's", "words"), seen=0, by=bob)
    with pytest.raises(errors.ChangedMeanwhile, match="Bob"):
        notices.edit(notice, Words("Alice's", "words"), seen=0, by=alice)
    assert Notice.objects.get().title == "Bob's"


def test_an_edit_that_fails_changes_nothing(notice, alice):
    with pytest.raises(errors.NoticeWithoutGroups):
        notices.edit(notice, Words("Other", "words", "groups"), seen=0, by=alice)
    assert (Notice.objects.get().title, notice.editions.count()) == ("Tonight", 0)


def test_withdrawn_it_is_gone_for_readers_and_stays_for_publishers(notice, bob, published, commit):
    with commit():
        notices.withdraw(notice)
    assert types(published) == ["notice.withdrawn"] * 2
    assert not Notice.objects.to(bob).current().exists()
    assert Notice.objects.existing().get().state == "withdrawn"
    with commit():
        notices.withdraw(notice)
    assert len(published) == 2


def test_what_is_withdrawn_is_not_edited(notice, alice):
    notices.withdraw(notice)
    with pytest.raises(errors.NoticeWithdrawn):
        notices.edit(notice, Words("Other", "words"), seen=0, by=alice)


def test_deleted_it_is_gone_everywhere_but_from_the_audit_log(notice, published, commit):
    with commit():
        notices.delete(notice)
    assert types(published) == ["notice.withdrawn"] * 2
    assert not Notice.objects.existing().exists()
    assert AuditEntry.objects.get(action="notice.deleted").changes["text"] == ["We close at six", ""]


def test_reading_twice_is_reading_once(notice, bob):
    notices.read(notice.pk, version=0, by=bob)
    notices.read(notice.pk, version=0, by=bob)
    assert notice.readings.filter(agent=bob).count() == 1


def test_other_tabs_hear_that_it_was_read(notice, bob, published, commit):
    with commit():
        notices.read(notice.pk, version=0, by=bob)
    channel, payload = published[0]
    assert channel.endswith(f":agent:{bob.pk}")
    assert msgspec.json.decode(payload) == {"type": "notice.read", "notice_id": notice.pk, "version": 0}


def test_what_is_not_meant_for_one_cannot_be_read(notice, alice, bob, carol):
    notices.edit(notice, Words("Tonight", "You close", "agents", agents=[bob]), seen=0, by=alice)
    for agent, version in ((carol, 1), (bob, 2)):
        with pytest.raises(NotFound):
            notices.read(notice.pk, version=version, by=agent)
