import datetime
import uuid

import pytest
from django.utils import timezone

from accounts.models import Role
from accounts.testing import Browser
from chat.models import OfflineMessage
from chat.testing import make_visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(acme, bob):
    return Browser().enter(acme, bob)


@pytest.fixture
def path(acme):
    return f"/c/{acme.company_id}/offline-messages/"


def leave(company, text="Please call me back", **facts) -> OfflineMessage:
    with company.entered():
        return OfflineMessage.objects.create(
            visitor=make_visitor(),
            client_id=uuid.uuid4(),
            text=text,
            **{"name": "Vera", "email": "vera@example.com", "page_title": "Pricing"} | facts,
        )


def test_nobody_has_left_anything(browser, path):
    assert "No offline messages" in browser.get(path).content.decode()


def test_newest_first(acme, browser, path):
    leave(acme, "the older", created_at=timezone.now() - datetime.timedelta(hours=1))
    leave(acme, "the newer")
    page = browser.get(path).content.decode()
    assert page.index("the newer") < page.index("the older")


def test_who_where_and_what(acme, browser, path):
    leave(acme)
    page = browser.get(path).content.decode()
    for words in ("Vera", "mailto:vera@example.com", "Pricing", "Please call me back"):
        assert words in page


def test_what_visitors_write_is_text(acme, browser, path):
    leave(acme, "<script>alert(1)</script>\nsecond line", name="<b>Vera</b>", page_title="<i>x</i>")
    page = browser.get(path).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>second line" in page
    assert "<b>Vera" not in page
    assert "<i>x" not in page


def test_times_are_the_company_s(acme, browser, path):
    acme.time_zone = "Asia/Shanghai"
    acme.save(update_fields=["time_zone"])
    leave(acme, created_at=datetime.datetime(2026, 3, 1, 20, 30, tzinfo=datetime.UTC))
    assert "2 Mar 2026, 4:30 AM" in browser.get(path).content.decode()


def test_marking_as_read_says_by_whom(acme, bob, browser, path):
    message = leave(acme)
    assert "Unread" in browser.get(path).content.decode()
    response = browser.post(f"{path}{message.pk}/read/", {"page": "1"})
    assert response.status_code == 302
    assert response["Location"] == f"{path}?page=1"
    with acme.entered():
        message.refresh_from_db()
    assert message.read_by_id == bob.pk
    page = browser.get(path).content.decode()
    assert "Read by Bob" in page
    assert "Unread" not in page


def test_where_one_goes_back_to_cannot_be_chosen(acme, browser, path):
    message = leave(acme)
    response = browser.post(f"{path}{message.pk}/read/", {"page": "//evil.test"})
    assert response["Location"] == path


def test_reading_by_following_a_link_is_refused(acme, browser, path):
    message = leave(acme)
    assert browser.get(f"{path}{message.pk}/read/").status_code == 405


def test_fifty_on_a_page(acme, browser, path):
    for number in range(51):
        leave(acme, f"words {number:02}", created_at=timezone.now() - datetime.timedelta(minutes=number))
    first, second = (browser.get(f"{path}?page={page}").content.decode() for page in (1, 2))
    assert "words 49" in first
    assert "words 50" not in first
    assert "words 50" in second
    assert "Page 2 of 2" in second


def test_an_agent_without_the_permission_is_refused(acme, bob, path):
    message = leave(acme)
    with acme.entered():
        bob.role = Role.objects.create(kind=Role.Kind.OWN, name="Trainee", capabilities=["take_chats"])
        bob.save(update_fields=["role"])
    browser = Browser().enter(acme, bob)
    assert browser.get(path).status_code == 403
    assert browser.post(f"{path}{message.pk}/read/").status_code == 403


def test_mallory_sees_and_marks_nothing_of_acme(acme, globex, mallory, path):
    message = leave(acme)
    browser = Browser().enter(globex, mallory)
    assert browser.get(path).status_code == 302
    assert browser.post(f"{path}{message.pk}/read/").status_code == 302
    own = f"/c/{globex.company_id}/offline-messages/"
    assert "Please call me back" not in browser.get(own).content.decode()
    assert browser.post(f"{own}{message.pk}/read/").status_code == 404
    with acme.entered():
        message.refresh_from_db()
    assert message.read_at is None
