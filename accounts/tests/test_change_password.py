"""Changing one's own password."""

import pytest
from django.contrib.sessions.models import Session

from accounts.models import Agent, AuditEntry, SignIn
from accounts.signals import password_changed
from accounts.testing import PASSWORD, Browser

pytestmark = pytest.mark.django_db

NEW = "ten green bottles"


@pytest.fixture
def path(acme):
    return f"/c/{acme.company_id}/settings/password/"


@pytest.fixture
def here(acme, bob):
    return Browser().enter(acme, bob)


@pytest.fixture
def told(in_acme):
    heard = []

    def hear(*, agent, kept, **kwargs):
        heard.append((agent.agent_id, kept))

    password_changed.connect(hear)
    yield heard
    password_changed.disconnect(hear)


def change(browser, path, **typed):
    return browser.post(path, {"present": PASSWORD, "password": NEW} | typed)


def key_of(browser):
    return next(cookie.value for (name, _), cookie in browser.jar.items() if name == "parley_session")


def test_the_new_one_opens_and_the_old_one_does_not(acme, here, path, sign_in):
    assert change(here, path)["Location"] == path
    assert sign_in(agent_id="bob").status_code == 200
    assert sign_in(agent_id="bob", password=NEW).status_code == 302


def test_this_session_stays_and_the_others_end(acme, bob, here, path, told):
    elsewhere, key = Browser().enter(acme, bob), key_of(here)
    change(here, path)
    assert here.get(path).status_code == 200
    assert elsewhere.get(path)["Location"].startswith("/sign-in/")
    assert told == [("bob", key)]
    with acme.entered():
        assert list(Session.objects.values_list("session_key", flat=True)) == [key_of(here)]
        assert list(SignIn.objects.values_list("session_key", flat=True)) == [key_of(here)]


def test_a_copied_cookie_is_worth_nothing_with_the_old_password(acme, here, path):
    thief = Browser()
    thief.jar = dict(here.jar)
    before = key_of(here)
    change(here, path)
    token = f"/c/{acme.company_id}/socket-token/"
    assert key_of(here) != before
    assert thief.get(path)["Location"].startswith("/sign-in/")
    assert thief.get(token).status_code == 401
    assert here.get(token).status_code == 200
    with acme.entered():
        assert [one.session_key for one in Session.objects.all()] == [key_of(here)]


def test_a_given_one_that_is_changed_leaves_a_copied_cookie_worthless_too(acme, bob, here, path):
    with acme.entered():
        Agent.objects.filter(pk=bob.pk).update(must_change_password=True)
    thief = Browser()
    thief.jar = dict(here.jar)
    assert change(here, path)["Location"] == f"/c/{acme.company_id}/workspace/"
    assert thief.get(path)["Location"].startswith("/sign-in/")
    assert here.get(path).status_code == 200


def test_the_session_lasts_no_longer_and_is_the_same_sign_in(acme, bob, here, path):
    with acme.entered():
        sign_in, ends = SignIn.objects.get(), Session.objects.get().expire_date
    change(here, path)
    with acme.entered():
        assert Session.objects.get().expire_date == ends
        assert SignIn.objects.get().pk == sign_in.pk


def test_a_form_that_is_open_in_another_tab_can_still_be_sent(acme, bob, path):
    here = Browser(enforce_csrf_checks=True).enter(acme, bob)
    page = here.get(path).text
    secret = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    change(here, path, csrfmiddlewaretoken=secret)
    own = f"/c/{acme.company_id}/settings/sessions/end-others/"
    assert here.post(own, {"csrfmiddlewaretoken": secret}).status_code == 302


@pytest.mark.parametrize("asked", ["settings/password/", "pictures/of-nobody"])
def test_an_answer_to_the_old_key_does_not_take_the_new_one_away(acme, here, path, asked):
    """It may have been on its way already, and arrive last; also where it is a page with a form for everybody."""
    late = Browser()
    late.jar = dict(here.jar)
    change(here, path)
    assert "parley_session" not in late.get(f"/c/{acme.company_id}/{asked}").cookies


def test_other_agents_are_not_touched(acme, carol, here, path):
    colleague = Browser().enter(acme, carol)
    change(here, path)
    assert colleague.get(path).status_code == 200


def test_without_the_present_one_nothing_changes(here, path, sign_in):
    page = change(here, path, present="something else").text
    assert "This is not your present password." in page
    assert "something else" not in page
    assert sign_in(agent_id="bob").status_code == 302


def test_guessing_the_present_one_is_slowed_down(here, path):
    for _ in range(3):
        change(here, path, present="something else")
    assert "Too many attempts have failed." in change(here, path).text


BAD = {
    "short": ("shorty", "at least 8 characters"),
    "figures": ("1047261948301", "entirely numeric"),
    "common": ("password123", "too common"),
    "like the agent": ("bob@acme.example", "too similar to the e-mail"),
    "like the company's ID": ("{id}a", "too similar to the name or ID of your company"),
    "the same": (PASSWORD, "This is your present password."),
    "none": ("", "This field is required."),
}


@pytest.mark.parametrize(("typed", "told"), BAD.values(), ids=BAD.keys())
def test_what_is_not_good_enough_is_told_beside_the_field(acme, here, path, sign_in, typed, told):
    page = change(here, path, password=typed.format(id=acme.company_id)).text
    assert told in page
    assert 'aria-invalid="true"' in page
    assert sign_in(agent_id="bob").status_code == 302


def test_the_policy_stands_there_before_one_types(here, path):
    page = here.get(path).text
    assert "at least 8 characters" in page
    assert "the name or ID of your company" in page


def test_like_the_companys_name_is_refused(acme, here, path):
    acme.name = "Hangzhou Teahouse"
    acme.save(update_fields=["name"])
    assert "name or ID of your company" in change(here, path, password="teahouse1").text


def test_it_stands_in_the_log_without_the_password(acme, bob, here, path):
    change(here, path)
    with acme.entered():
        entry = AuditEntry.objects.get(action="agent.password_changed")
    assert (entry.by_name, entry.subject_pk, entry.address) == ("Bob", str(bob.pk), "127.0.0.1")
    assert entry.changes == {"password": ["", "set"]}


def test_what_one_could_add_to_the_form_changes_nothing_else(acme, here, path, alice):
    change(here, path, agent=str(alice.pk), role="1", is_active="", agent_id="root")
    with acme.entered():
        assert Agent.objects.get(agent_id="bob").role.kind == "agent"


def test_outsiders_have_no_such_page(globex, mallory, path, here):
    outsider = Browser().enter(globex, mallory)
    assert outsider.get(path)["Location"].startswith("/sign-in/")
    assert change(outsider, path)["Location"].startswith("/sign-in/")
    assert here.get(path).status_code == 200


def test_in_chinese(acme, bob, here, path):
    with acme.entered():
        Agent.objects.filter(pk=bob.pk).update(language="zh-hans")
    page = here.get(path).text
    assert "当前密码" in page
    assert "Present password" not in page
