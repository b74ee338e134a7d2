"""ACC-14: what a company can take along: all of its own, nothing of anybody else's, in bounded memory."""

import csv
import io
import json
import threading

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import exports
from accounts.models import Agent, AuditEntry, Group
from accounts.services import exports as taking_along
from accounts.testing import PASSWORD, Browser
from chat import export_kinds
from companies.services import plans
from config.tests.acme import make_belongings
from core import takeout

pytestmark = pytest.mark.django_db


@pytest.fixture
def things(acme):
    return make_belongings(acme)


@pytest.fixture
def take(acme, alice):
    """`take("agents")`: the file's rows, by Alice."""

    def take(name, form="json", browser=None):
        browser = browser or Browser().enter(acme, alice)
        response = browser.post(f"/c/{acme.company_id}/settings/export/{name}/", {"format": form})
        assert response.status_code == 200
        text = response.getvalue().decode()
        if form == "json":
            return [json.loads(line) for line in text.splitlines()]
        return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))

    return take


@pytest.mark.parametrize("form", ["csv", "json"])
def test_conversations_with_all_that_was_said(take, things, form):
    rows = take("conversations", form)
    of_talk = [row for row in rows if str(row["conversation"]) == str(things.talk.pk)]
    assert [str(row["number"]) for row in of_talk] == [str(one + 1) for one in range(len(of_talk))]
    assert {row["kind"] for row in of_talk} >= {"requested", "text", "accepted"}
    said = next(row for row in of_talk if row["kind"] == "text")
    assert (said["text"], said["side"], said["visitor_name"], said["agent_id"], said["state"]) == (
        "acme-secret talk", "visitor", "Vera", "bob", "active",
    )  # fmt: skip
    waits = next(row for row in rows if row["visitor_name"] == "Walter")
    assert waits["agent_id"] in (None, "")


def test_offline_messages(take, things):
    (left,) = take("offline-messages")
    assert (left["text"], left["name"], left["read_at"]) == ("acme-secret left", "Walter", None)


def test_agents_with_role_and_groups_and_without_secrets(take, things, acme, bob):
    with acme.entered():
        Group.objects.create(name="Sales").agents.add(bob)
        Group.objects.create(name="Care").agents.add(bob)
        secret = Agent.objects.get(pk=bob.pk).password
    rows = {row["agent_id"]: row for row in take("agents")}
    assert rows.keys() == {"alice", "bob", "carol"}
    assert (rows["bob"]["groups"], rows["bob"]["role_kind"]) == (["Care", "Sales"], "agent")
    assert rows["alice"]["groups"] == []
    assert secret not in json.dumps(rows)
    assert PASSWORD not in json.dumps(rows)


def test_the_whole_audit_log(take, acme):
    with acme.entered():
        there = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))
    assert [row["action"] for row in take("audit-log")] == [*there, "data.exported"]


@pytest.mark.parametrize("at_once", [1, 2, 1000])
def test_it_is_read_a_part_at_a_time_and_nothing_is_missing(monkeypatch, acme, things, at_once):
    monkeypatch.setattr(taking_along, "_AT_ONCE", at_once)
    kind = export_kinds.CONVERSATIONS
    with acme.entered():
        there = set(kind.rows().values_list("conversation_id", "number"))
        pieces = taking_along.export(acme, kind, "json")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        rows = [json.loads(line) for piece in pieces for line in piece.splitlines()]
    assert [(row["conversation"], row["number"]) for row in rows] == sorted(there)
    parts = [one for one in asked if "chat_entry" in one["sql"] and "SELECT" in one["sql"]]
    assert len(parts) == -(-len(there) // at_once) + 1
    assert all("LIMIT" in one["sql"] for one in parts)


def test_another_company_takes_its_own_along_and_nothing_else(take, things, globex, mallory):
    for kind in exports.everything():
        browser = Browser().enter(globex, mallory)
        response = browser.post(f"/c/{globex.company_id}/settings/export/{kind.name}/")
        words = response.getvalue().decode()
        assert response.status_code == 200
        assert not [secret for secret in things.secrets if secret in words]


def test_what_is_made_while_one_is_in_another_company_is_of_the_right_one(acme, globex, things):
    """The answer is sent when the request is over; whoever comes then may be anywhere."""
    kind = export_kinds.CONVERSATIONS
    with globex.entered():
        pieces = taking_along.export(globex, kind, "json")
    with acme.entered():
        assert "".join(pieces) == ""


@pytest.mark.parametrize("kind", exports.everything(), ids=lambda kind: kind.name)
def test_each_file_asks_for_the_permission_to_see_what_is_in_it(acme, carol, things, kind):
    place = f"/c/{acme.company_id}/settings/export/"
    for granted in ([], [kind.capability], ["export"], ["export", kind.capability]):
        with acme.entered():
            withheld = ["answer_offline_messages"] if kind.capability not in granted else []
            Agent.objects.filter(pk=carol.pk).update(granted=granted, withheld=withheld)
        browser = Browser().enter(acme, carol)
        has_both = len(granted) == 2
        assert browser.post(f"{place}{kind.name}/").status_code == (200 if has_both else 403)
        assert (f"{place}{kind.name}/" in browser.get(place).text) == has_both


def test_a_file_that_does_not_exist(acme, alice):
    assert Browser().enter(acme, alice).post(f"/c/{acme.company_id}/settings/export/x/").status_code == 404


def test_who_may_see_nothing_of_it_is_told_so(acme, carol):
    with acme.entered():
        Agent.objects.filter(pk=carol.pk).update(granted=["export"], withheld=["answer_offline_messages"])
    page = Browser().enter(acme, carol).get(f"/c/{acme.company_id}/settings/export/").text
    assert "see nothing of what the files hold" in page


def test_who_comes_while_many_are_under_way_is_told_to_come_again(acme, alice, monkeypatch):
    monkeypatch.setattr(takeout, "_places", threading.BoundedSemaphore(1))
    takeout._places.acquire()
    browser, inside = Browser().enter(acme, alice), f"/c/{acme.company_id}/settings/"
    for place in ("export/agents/", "audit/export/"):
        back = browser.post(f"{inside}{place}")["Location"]
        assert "Several files are being exported just now." in browser.get(back).text
    plans.suspend(acme, reason="The invoice is open.")
    back = browser.post(f"{inside}export/agents/")["Location"]
    assert "Several files are being exported just now." in browser.get(browser.get(back)["Location"]).text
    with acme.entered():
        assert not AuditEntry.objects.filter(action__in=["data.exported", "audit_log.exported"]).exists()
