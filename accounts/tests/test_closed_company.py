"""ACC-14: agents of a closed company can sign in, to see why and since when, and to take its data along."""

import datetime
import html

import pytest
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from accounts import exports
from accounts.models import AccessSettings, Agent, AuditEntry
from accounts.testing import Browser
from companies.models import Company
from companies.services import plans

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)
#: What works all the same: reading why, the language, one's own password, and going, for an operator too.
STILL_OPEN = {
    "closed/", "language/", "settings/password/", "sign-out/", "admin/leave/", "unconfirmed/", "send-again/",
}  # fmt: skip


@pytest.fixture
def closed(acme):
    plans.suspend(acme, reason="The invoice of May <b>is</b> open.")
    return acme


@pytest.fixture
def inside(acme):
    return f"/c/{acme.company_id}/"


@pytest.fixture
def alices(acme, alice):
    return Browser().enter(acme, alice)


def company_paths(patterns=None, prefix=""):
    """Those without further arguments; the walk over all with them is Mallory's."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        path = prefix + str(pattern.pattern)
        if not isinstance(pattern, URLPattern):
            yield from company_paths(pattern.url_patterns, path)
        elif path.startswith("c/<int:company_id>/") and "<" not in path[len("c/<int:company_id>/") :]:
            yield path.removeprefix("c/<int:company_id>/")


@pytest.mark.parametrize("path", sorted(set(company_paths()) - STILL_OPEN))
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_other_page_is_opened(closed, alices, inside, path, method):
    response = getattr(alices, method)(inside + path)
    assert response.status_code in {302, 403, 405}
    if response.status_code == 302:
        assert response["Location"] == f"{inside}closed/"


def test_programs_are_told_so(closed, alices, inside):
    response = alices.get(f"{inside}socket-token/")
    assert (response.status_code, response.json()["code"]) == (403, "company_closed")


def test_it_says_why_and_since_when_and_whom_to_ask(closed, alices, inside, settings):
    settings.SUPPORT = "help@parley.example"
    Company.objects.filter(pk=closed.pk).update(
        suspended_at=datetime.datetime(2026, 6, 1, 12, tzinfo=datetime.UTC)
    )
    page = alices.get(f"{inside}workspace/", follow=True).text
    assert "Acme is closed for now" in page
    assert "On 1 June 2026, 12:00 PM the operator" in page
    assert "The invoice of May &lt;b&gt;is&lt;/b&gt; open." in page
    assert 'href="mailto:help@parley.example"' in page


def test_it_speaks_chinese(closed, acme, alice, inside):
    with acme.entered():
        Agent.objects.filter(pk=alice.pk).update(language="zh-hans")
    assert "Acme 暂时停用" in Browser().enter(acme, alice).get(f"{inside}closed/").text


@pytest.mark.parametrize(
    ("field", "words"),
    [("trial_ends_at", " the trial ended."), ("paid_until", " the paid period ended. It went on until ")],
)
def test_a_time_that_is_over_closes_it_too(acme, alices, inside, field, words):
    Company.objects.filter(pk=acme.pk).update(**{field: timezone.now() - 8 * DAY})
    page = alices.get(f"{inside}workspace/", follow=True)
    assert page.redirect_chain == [(f"{inside}closed/", 302)]
    assert words in page.text


def test_one_can_sign_in_and_out(closed, sign_in, browser, inside):
    assert sign_in()["Location"] == f"{inside}workspace/"
    assert browser.get(f"{inside}workspace/")["Location"] == f"{inside}closed/"
    assert browser.post(f"{inside}sign-out/").status_code == 302


def test_the_page_looks_by_itself_and_leads_on_when_all_is_well(closed, bob, inside):
    bobs = Browser().enter(closed, bob)
    assert bobs.get(f"{inside}closed/")["Refresh"] == "10"
    plans.resume(closed)
    assert bobs.get(f"{inside}closed/")["Location"] == f"{inside}workspace/"
    assert bobs.get(f"{inside}workspace/").status_code == 200


def test_who_may_export_finds_every_file_with_what_is_in_it(closed, alices, inside):
    page = alices.get(f"{inside}closed/")
    # A page that loads itself anew would take away what one is about to press.
    assert "Refresh" not in page.headers
    for kind in exports.everything():
        assert f'action="{inside}settings/export/{kind.name}/"' in page.text
        assert html.escape(str(kind.contents)) in page.text


@pytest.mark.parametrize("name", [kind.name for kind in exports.everything()])
@pytest.mark.parametrize("form", ["csv", "json"])
def test_each_file_can_be_taken_along(closed, alices, inside, name, form):
    response = alices.post(f"{inside}settings/export/{name}/", {"format": form})
    assert response.status_code == 200
    assert f"{name}-{closed.company_id}-" in response["Content-Disposition"]
    response.getvalue()
    with closed.entered():
        entry = AuditEntry.objects.get(action="data.exported")
        assert (entry.by_name, entry.note) == ("Alice", f"file={name}&format={form}")


def test_somebody_without_the_permission_is_told_who_has_it(closed, bob, inside):
    bobs = Browser().enter(closed, bob)
    page = bobs.get(f"{inside}closed/").text
    assert "settings/export/" not in page
    assert "Administrators may." in page
    assert bobs.post(f"{inside}settings/export/conversations/").status_code == 403


def test_only_files_of_what_one_may_see_are_there(closed, bob, inside):
    with closed.entered():
        Agent.objects.filter(pk=bob.pk).update(granted=["export", "see_all_records"])
    bobs = Browser().enter(closed, bob)
    page = bobs.get(f"{inside}closed/").text
    assert "settings/export/conversations/" in page
    assert "settings/export/agents/" not in page
    assert bobs.post(f"{inside}settings/export/conversations/").status_code == 200
    assert bobs.post(f"{inside}settings/export/agents/").status_code == 403


def test_a_missing_second_step_is_asked_for_here_too(closed, acme, alices, inside):
    with acme.entered():
        AccessSettings.objects.create(requires_two_step=True)
    page = alices.get(f"{inside}closed/")
    assert "settings/export/" not in page.text
    assert "you have not set one up" in page.text
    assert alices.post(f"{inside}settings/export/agents/").status_code == 302


def test_while_it_is_to_be_confirmed_nothing_is_taken_along(closed, alices, inside):
    Company.objects.filter(pk=closed.pk).update(confirmed_at=None, created_at=timezone.now() - 8 * DAY)
    response = alices.post(f"{inside}settings/export/agents/")
    assert response["Location"] == f"{inside}unconfirmed/"


def test_strangers_do_not_learn_of_it(closed, globex, mallory, inside):
    for browser in (Browser(), Browser().enter(globex, mallory)):
        response = browser.get(f"{inside}closed/")
        assert response["Location"].startswith("/sign-in/")
        assert "May" not in response.text


def test_the_window_on_its_websites_stays(closed):
    assert Browser().get(f"/w/{closed.company_id}/window/").status_code == 200


def test_unconfirmed_comes_first(closed, alices, inside):
    Company.objects.filter(pk=closed.pk).update(confirmed_at=None, created_at=timezone.now() - 8 * DAY)
    assert alices.get(f"{inside}workspace/")["Location"] == f"{inside}unconfirmed/"
