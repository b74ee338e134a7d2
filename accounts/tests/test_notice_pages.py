import datetime

import pytest
from django.utils import timezone

from accounts.models import Group, Notice, Role
from accounts.services import notices
from accounts.services.notices import Words
from accounts.testing import Browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(acme):
    return f"/c/{acme.company_id}/notices/"


@pytest.fixture
def browser(acme, alice):
    return Browser().enter(acme, alice)


@pytest.fixture
def bobs(acme, bob):
    return Browser().enter(acme, bob)


@pytest.fixture
def publish(acme, alice):
    def publish(title="Tonight", text="We close at six", *args, **facts):
        with acme.entered():
            return notices.publish(Words(title, text, *args, **facts), by=alice)

    return publish


def typed(**more):
    return {"title": "Tonight", "text": "We close at six", "audience": "all", **more}


def test_there_is_nothing_yet(bobs, path):
    assert "No notices for you" in bobs.get(path).text


def test_publishing_by_the_form_shows_it_to_everyone(browser, bobs, path):
    response = browser.post(f"{path}new/", typed())
    assert response.status_code == 302
    page = bobs.get(path).text
    assert "Tonight" in page
    assert "Unread" in page


@pytest.mark.parametrize("name", ["starts_at", "ends_at"])
def test_a_time_that_stands_for_ever_is_refused(acme, browser, path, name):
    """In New York the last minute there is is one that no program can read back."""
    acme.time_zone = "America/New_York"
    acme.save(update_fields=["time_zone"])
    page = browser.post(f"{path}new/", typed(**{name: "9999-12-31T23:59"}))
    assert "before the year 3000" in page.text
    assert browser.get(f"{path}all/").status_code == 200


def test_times_are_the_company_s_and_said_so(acme, browser, path):
    acme.time_zone = "Asia/Shanghai"
    acme.save(update_fields=["time_zone"])
    assert "time zone Asia/Shanghai" in browser.get(f"{path}new/").text
    browser.post(f"{path}new/", typed(starts_at="2099-01-02T08:00", ends_at="2099-01-02T09:00"))
    with acme.entered():
        notice = Notice.objects.get()
    assert notice.starts_at == datetime.datetime(2099, 1, 2, 0, 0, tzinfo=datetime.UTC)
    assert "planned" in browser.get(f"{path}all/").text


def test_groups_can_be_chosen_where_there_are_some(acme, browser, path):
    assert 'value="groups"' not in browser.get(f"{path}new/").text
    with acme.entered():
        Group.objects.create(name="Sales")
    assert 'value="groups"' in browser.get(f"{path}new/").text


def test_what_is_wrong_is_said_beside_the_field(acme, browser, path):
    with acme.entered():
        Group.objects.create(name="Sales")
    page = browser.post(f"{path}new/", typed(audience="groups")).text
    assert "Choose at least one group." in page
    page = browser.post(f"{path}new/", typed(ends_at="2001-01-01T00:00")).text
    assert "The end must lie after the beginning" in page
    assert "We close at six" in page


def test_an_agent_can_be_chosen_by_the_link(browser, bob, path):
    page = browser.get(f"{path}new/?agent={bob.pk}").text
    assert f'name="agents" value="{bob.pk}"' in page
    assert 'value="agents"' in page
    assert page.count("checked") == 2
    assert browser.get(f"{path}new/?agent=x").status_code == 200
    assert browser.get(f"{path}new/?agent=999999999").text.count("checked") == 1


def test_what_is_written_is_text_and_its_links_live(publish, bobs, path):
    publish("<b>Big</b>", "<script>alert(1)</script> see https://acme.example/a?b=1\nsecond")
    page = bobs.get(path).text
    assert "<script>alert" not in page
    assert "<b>Big" not in page
    assert '<a href="https://acme.example/a?b=1" target="_blank"' in page
    assert "<br>second" in page


def test_reading_is_marked_with_who_and_when(publish, browser, bobs, path):
    notice = publish()
    assert bobs.post(f"{path}{notice.pk}/read/", {"version": "0"}).status_code == 302
    assert "Mark as read" not in bobs.get(path).text
    page = browser.get(f"{path}{notice.pk}/").text
    assert "Read by 2" in page
    assert "Not yet read by 1" in page


def test_editing_keeps_how_it_stood(publish, browser, path):
    notice = publish()
    browser.post(f"{path}{notice.pk}/edit/", typed(text="We close at seven", version="0"))
    page = browser.get(f"{path}{notice.pk}/").text
    assert "We close at seven" in page
    assert "We close at six" in page
    assert "How it stood before" in page


def test_the_second_editor_keeps_what_was_typed_and_can_save_it_then(publish, browser, path):
    notice = publish()
    browser.post(f"{path}{notice.pk}/edit/", typed(text="first", version="0"))
    page = browser.post(f"{path}{notice.pk}/edit/", typed(text="second", version="0")).text
    assert "Alice has changed this meanwhile" in page
    assert "second" in page
    assert 'name="version" value="1"' in page
    assert browser.post(f"{path}{notice.pk}/edit/", typed(text="second", version="1")).status_code == 302


def test_withdrawing_and_deleting(publish, browser, bobs, path):
    notice = publish()
    browser.post(f"{path}{notice.pk}/withdraw/")
    assert "No notices for you" in bobs.get(path).text
    assert "withdrawn" in browser.get(f"{path}all/").text
    browser.post(f"{path}{notice.pk}/delete/")
    assert browser.get(f"{path}{notice.pk}/").status_code == 404
    assert "Nobody has published a notice yet." in browser.get(f"{path}all/").text


def test_what_is_over_stands_under_earlier(acme, publish, bobs, path):
    notice = publish()
    now = timezone.now()
    with acme.entered():
        Notice.objects.filter(pk=notice.pk).update(
            starts_at=now - datetime.timedelta(hours=2), ends_at=now - datetime.timedelta(hours=1)
        )
    page = bobs.get(path).text
    assert "Nothing just now." in page
    assert "Earlier" in page


@pytest.mark.parametrize("deed", ["new/", "all/", "{pk}/", "{pk}/edit/", "{pk}/withdraw/", "{pk}/delete/"])
def test_without_the_permission_one_reads_and_no_more(deed, publish, bobs, path):
    notice = publish()
    page = path + deed.format(pk=notice.pk)
    method = bobs.post if "withdraw" in deed or "delete" in deed else bobs.get
    assert method(page, typed()).status_code == 403
    assert "notices/new/" not in bobs.get(path).text


def test_with_the_permission_alone_one_publishes(acme, bob, path):
    with acme.entered():
        bob.role = Role.objects.create(kind=Role.Kind.OWN, name="Crier", capabilities=["publish_notices"])
        bob.save(update_fields=["role"])
    assert Browser().enter(acme, bob).post(f"{path}new/", typed()).status_code == 302


def test_what_is_meant_for_others_is_not_to_be_seen(acme, publish, bobs, bob, carol, path):
    with acme.entered():
        group = Group.objects.create(name="Sales")
        group.agents.add(carol)
    notice = publish("Secret", "For sales", "groups", groups=[group])
    assert "Secret" not in bobs.get(path).text
    assert bobs.post(f"{path}{notice.pk}/read/").status_code == 404


def test_mallory_sees_and_changes_nothing_of_acme(acme, globex, mallory, publish, path):
    notice = publish("acme-secret")
    browser = Browser().enter(globex, mallory)
    own = f"/c/{globex.company_id}/notices/"
    assert "acme-secret" not in browser.get(own).text + browser.get(f"{own}all/").text
    for deed in ("withdraw/", "delete/", "read/"):
        assert browser.post(f"{own}{notice.pk}/{deed}").status_code == 404
        assert browser.post(f"{path}{notice.pk}/{deed}").status_code == 302
    with acme.entered():
        assert Notice.objects.get().state == "shown"
