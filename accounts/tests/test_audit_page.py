import json

import pytest

from accounts import acting
from accounts.models import AccessSettings, Agent, AuditEntry, Role
from accounts.services import audit
from accounts.testing import Browser


@pytest.fixture
def address(acme):
    return f"/c/{acme.company_id}/settings/audit/"


@pytest.fixture
def at_work(acme, alice):
    return Browser().enter(acme, alice)


@pytest.fixture
def noted(acme, alice, bob):
    """Bob was disabled, then settings were changed, then the system did something."""
    with acme.entered(), acting.acting(acting.agent(alice, "203.0.113.7")):
        audit.record("agent.disabled", bob, {"withheld": [[], ["monitor"]]}, note="left us")
        audit.record("settings.changed", note="李雷 asked")
    with acme.entered():
        audit.record("audit_log.shortened")


def test_it_tells_who_did_what_newest_first(at_work, address, noted):
    page = at_work.get(address).text.partition("<tbody>")[2]
    assert page.index("Old entries of the audit log removed") < page.index("Settings changed")
    assert page.index("Settings changed") < page.index("Agent disabled")
    for told in ("203.0.113.7", "left us", "monitor agents"):
        assert told in page


@pytest.mark.parametrize(
    ("asked", "there", "gone"),
    [
        ({"action": "agent.disabled"}, "left us", "李雷"),
        ({"q": "李雷"}, "李雷", "left us"),
        ({"q": "bob LEFT"}, "left us", "李雷"),
        ({"q": "monitor"}, "left us", "李雷"),
        ({"until": "2020-01-01"}, "Nothing was found", "left us"),
        ({"since": "2020-01-01"}, "left us", "Nothing was found"),
    ],
)
def test_it_is_searched(at_work, address, noted, asked, there, gone):
    page = at_work.get(address, asked).text
    assert there in page
    assert gone not in page


def test_a_date_that_is_none_is_told_and_shows_nothing(at_work, address, noted):
    page = at_work.get(address, {"since": "yesterday"}).text
    assert "Enter a valid date" in page
    assert "left us" not in page


def test_it_goes_on_page_by_page(at_work, address, in_acme):
    for number in range(120):
        audit.record("settings.changed", note=f"change-{number:03}")
    seen, link = [], address
    while link:
        page = at_work.get(link).text
        seen += [line for line in page.split() if "change-" in line]
        link = (
            address + page.split('href="?after')[1].join(["?after", ""]).split('"')[0]
            if "Older" in page
            else ""
        )
    numbers = [line.split("change-")[1][:3] for line in seen]
    assert numbers == [f"{number:03}" for number in reversed(range(120))]


def test_what_people_wrote_is_text(at_work, address, in_acme):
    audit.record("settings.changed", note="<script>alert(1)</script>")
    assert "<script>alert(1)" not in at_work.get(address).text


def test_what_was_looked_for_is_exported_and_that_is_an_entry_too(at_work, address, noted, acme):
    response = at_work.post(f"{address}export/?q=left", {"format": "json"})
    lines = [json.loads(line) for line in response.getvalue().decode().splitlines()]
    assert [line["action"] for line in lines] == ["agent.disabled"]
    with acme.entered():
        newest = AuditEntry.objects.latest("at", "pk")
    assert (newest.action, newest.note) == ("audit_log.exported", "format=json&q=left")


def test_a_table_takes_nothing_for_a_formula(at_work, address, in_acme):
    audit.record("settings.changed", note="=1+1")
    body = at_work.post(f"{address}export/", {"format": "csv"}).getvalue().decode()
    assert body.startswith("\ufeffat,")
    assert "'=1+1" in body


def test_it_is_for_those_who_may(acme, bob, address):
    browser = Browser().enter(acme, bob)
    assert browser.get(address).status_code == 403
    assert browser.post(f"{address}export/").status_code == 403


def test_reading_is_not_exporting(acme, bob, address):
    with acme.entered():
        bob.role = Role.objects.create(kind="own", name="Auditor", capabilities=["read_audit_log"])
        bob.save()
    browser = Browser().enter(acme, bob)
    assert browser.get(address).status_code == 200
    assert browser.post(f"{address}export/").status_code == 403


def test_another_company_reads_nothing_of_it(globex, mallory, address, noted):
    assert Browser().enter(globex, mallory).get(address).status_code == 302
    own = Browser().enter(globex, mallory).get(f"/c/{globex.company_id}/settings/audit/").text
    assert "left us" not in own


def test_times_are_told_in_the_company_s_zone(at_work, address, in_acme):
    in_acme.time_zone = "Asia/Shanghai"
    in_acme.save()
    written = ["2026-12-06 22:38:19.691565+00:00", "2026-12-08T22:38:19.691565+00:00"]
    audit.record("plan.changed", None, {"trial_ends_at": written})
    page = at_work.get(address).text
    assert "7 Dec 2026, 6:38 AM" in page
    assert "9 Dec 2026, 6:38 AM" in page


def test_what_was_empty_and_stays_empty_is_not_told(at_work, address, in_acme):
    audit.record("agent.added", None, {"telephone": ["", ""], "email": ["", "dan@acme.example"]})
    page = at_work.get(address).text
    assert "dan@acme.example" in page
    assert "elephone:" not in page


def test_settings_are_called_as_the_reader_calls_them(acme, alice, address):
    with acme.entered():
        Agent.objects.filter(pk=alice.pk).update(language="zh-hans")
        audit.record("settings.changed", AccessSettings.objects.get_or_create()[0])
    page = Browser().enter(acme, alice).get(address).text
    assert '<span class="quiet">登录设置</span>' in page
    assert "Sign-in settings" not in page


def test_plans_are_called_as_the_reader_calls_them(acme, alice, address):
    changes = {"plan": ["Professional", "One that is gone"]}
    with acme.entered():
        audit.record("company.plan_changed", acme, changes)
        Agent.objects.filter(pk=alice.pk).update(language="zh-hans")
    page = Browser().enter(acme, alice).get(address).text
    assert "专业版" in page
    assert "Professional" not in page.partition("<tbody>")[2]
    assert "One that is gone" in page
