import pytest

from accounts.models import Role
from accounts.testing import Browser
from chat.models import Entry
from chat.testing import make_conversation, make_online

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(acme, alice):
    return Browser().enter(acme, alice)


@pytest.fixture
def path(acme):
    return f"/c/{acme.company_id}/balance/"


@pytest.fixture
def talk(acme, bob):
    with acme.entered():
        make_online(bob)
        return make_conversation(agent=bob)


def test_nobody_has_talked(browser, path):
    assert "No conversations in the last 30 days" in browser.get(path).content.decode()


def test_zero_is_shown_with_when_and_over_how_much(browser, path, talk):
    page = browser.get(path).content.decode()
    assert "The books are balanced" in page
    assert "Messages: 1, conversations: 1, compared on " in page
    for words in ("Sent", "Acknowledged", "Stored", "Delivered", "Seen", "Lost", "Doubled", "Out of order"):
        assert f"<dt>{words}</dt>" in page


def test_each_figure_says_what_it_is(browser, path, talk):
    page = browser.get(path).content.decode()
    assert page.count('class="balance-meaning"') == 8
    assert "Acknowledged but not stored, or a number is missing in a record." in page


def test_a_loss_is_named(acme, browser, path, talk):
    with acme.entered():
        Entry.objects.filter(conversation=talk, number=2).delete()
    page = browser.get(path).content.decode()
    assert "The books are not balanced" in page
    assert "Conversations with trouble" in page
    assert f'<th scope="row">{talk.pk}</th>' in page


def test_names_are_text(acme, browser, path, talk):
    with acme.entered():
        talk.visitor.name = "<b>Vera</b>"
        talk.visitor.save()
        Entry.objects.filter(conversation=talk, number=2).delete()
    assert "<b>Vera" not in browser.get(path).content.decode()


def test_it_is_in_the_menu_of_those_who_may(acme, alice, bob, path):
    workspace = f"/c/{acme.company_id}/workspace/"
    assert path in Browser().enter(acme, alice).get(workspace).content.decode()
    assert path not in Browser().enter(acme, bob).get(workspace).content.decode()


def test_agents_may_not_and_supervisors_may(acme, bob, path, talk):
    assert Browser().enter(acme, bob).get(path).status_code == 403
    with acme.entered():
        bob.role = Role.objects.create(kind=Role.Kind.OWN, name="Watch", capabilities=["supervise"])
        bob.save(update_fields=["role"])
    assert Browser().enter(acme, bob).get(path).status_code == 200


def test_nothing_is_changed_by_looking(browser, path):
    assert browser.post(path).status_code == 405


def test_mallory_sees_nothing_of_acme(globex, mallory, path, talk):
    browser = Browser().enter(globex, mallory)
    assert browser.get(path).status_code == 302
    own = browser.get(f"/c/{globex.company_id}/balance/").content.decode()
    assert "No conversations in the last 30 days" in own
