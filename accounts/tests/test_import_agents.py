import json

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts import errors
from accounts.capabilities import Capability
from accounts.models import Agent, Group
from accounts.services import agent_imports, invitation_limit, roles
from accounts.testing import Browser
from companies.models import Company

pytestmark = pytest.mark.django_db

GOOD = "email,agent_id,name,role,groups\ndan@acme.example,dan,Dan,supervisor,Sales\neve@acme.example,,,,\n"


@pytest.fixture
def place(acme):
    Company.objects.filter(pk=acme.pk).update(confirmed_at="2026-01-01T00:00Z")
    return f"/c/{acme.company_id}/settings/agents/import/"


@pytest.fixture
def sales(acme):
    with acme.entered():
        return Group.objects.create(name="Sales")


@pytest.fixture
def upload(acme, alice, place):
    browser = Browser().enter(acme, alice)

    def upload(text, name="agents.csv"):
        return browser.post(place, {"file": SimpleUploadedFile(name, text.encode())})

    return upload


def line(**cells):
    return {"email": "dan@acme.example", **cells}


def judged(by, *lines):
    return [row.problems for row in agent_imports.judge(list(lines), by)]


def test_first_all_rows_are_shown_and_nothing_is_sent(acme, sales, upload):
    response = upload(GOOD)
    assert "Send 2 invitations" in response.text
    assert [row.facts["agent_id"] for row in response.context["rows"]] == ["dan", "eve"]
    assert mail.outbox == []
    with acme.entered():
        assert Agent.objects.count() == 3


def test_then_all_are_invited(acme, alice, sales, upload, place, commit):
    rows = upload(GOOD).context["form"].initial["rows"]
    with commit():
        response = Browser().enter(acme, alice).post(f"{place}rows/", {"rows": rows}, follow=True)
    assert "2 invitations are on their way." in response.text
    assert {letter.to[0] for letter in mail.outbox} == {"dan@acme.example", "eve@acme.example"}
    with acme.entered():
        dan = Agent.objects.get(agent_id="dan")
        assert (dan.role.kind, list(dan.groups.all()), dan.is_invited) == ("supervisor", [sales], True)


def test_each_bad_row_says_everything_that_is_wrong(in_acme, alice):
    bad = line(email="nobody", agent_id="b b!", role="pope", groups="Vatican", language="la", name="x" * 61)
    assert len(judged(alice, bad)[0]) == 6
    assert judged(alice, line(agent_id="bob")) == [["The agent ID “bob” is taken already."]]


def test_rows_that_contradict_each_other(in_acme, alice):
    first, second = judged(alice, line(), line())
    assert (first, len(second)) == ([], 1)


def test_a_bad_row_keeps_all_from_being_invited(acme, alice, place, in_acme, commit):
    rows = json.dumps([line(), line(email="nobody", agent_id="eve")])
    with commit():
        response = Browser().enter(acme, alice).post(f"{place}rows/", {"rows": rows})
    assert "Something has changed since the preview." in response.text
    assert mail.outbox == []
    assert not Agent.objects.filter(agent_id="dan").exists()


def test_when_the_last_one_fails_nobody_is_invited(acme, alice, in_acme, monkeypatch):
    monkeypatch.setattr(invitation_limit, "MOST_UNCONFIRMED", 1)
    with pytest.raises(errors.TooManyUntilConfirmed):
        agent_imports.carry_out(acme, [line(), line(email="eve@acme.example")], by=alice)
    assert Agent.objects.count() == 3


def test_columns_may_stand_in_any_order_and_be_chinese(upload):
    rows = upload("姓名;邮箱\n李雷;li@acme.example\n").context["rows"]
    assert (rows[0].facts["name"], rows[0].facts["agent_id"]) == ("李雷", "li")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("name,agent_id\nDan,dan\n", "The first line must name the columns"),
        ("email\n", "There is nothing below"),
        ("email\n" + "x@y.example\n" * 201, "At most 200 agents"),
        ("\x00", "This file cannot be read."),
        ("x" * 2_000_001, "This table is too large"),
    ],
)
def test_what_is_no_such_table_is_told_beside_the_field(upload, text, sentence):
    assert any(sentence in error for error in upload(text).context["form"].errors["file"])


@pytest.mark.parametrize("rows", ["", "{}", "[]", '[["x"]]', '[{"email": 1}]', "[" * 10_000])
def test_rows_that_are_none(acme, alice, place, rows):
    response = Browser().enter(acme, alice).post(f"{place}rows/", {"rows": rows}, follow=True)
    assert "not complete" in response.text or "required" in response.text


def test_nobody_imports_whoever_may_do_more(in_acme, bob):
    Agent.objects.filter(pk=bob.pk).update(granted=[Capability.MANAGE_AGENTS])
    bob = Agent.objects.select_related("role").get(pk=bob.pk)
    assert "You cannot give" in judged(bob, line(role="administrator"))[0][0]


def test_many_rows_are_judged_with_few_statements(in_acme, alice, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        agent_imports.judge([line(agent_id=f"dan{number}") for number in range(200)], alice)


def test_a_sample_to_fill_in(acme, alice, place):
    response = Browser().enter(acme, alice).get(f"{place}sample/")
    assert response["Content-Disposition"] == 'attachment; filename="agents.csv"'
    assert response.text.startswith("\ufeffemail,")


@pytest.mark.parametrize("below", ["", "rows/"])
def test_without_the_permission(acme, bob, place, below):
    assert Browser().enter(acme, bob).post(place + below).status_code == 403


def test_outsiders(acme, globex, mallory, place):
    Browser().enter(globex, mallory).post(f"{place}rows/", {"rows": json.dumps([line()])})
    with acme.entered():
        assert Agent.objects.count() == 3


def test_a_role_of_ones_own_is_meant_by_its_name_alone(in_acme, alice):
    """However it is called: “administrator” is the role that every company has."""
    for name in ("administrator", "Sales"):
        roles.add(name=name, capabilities=[], by=alice)
    rows = agent_imports.judge([line(role="administrator"), line(agent_id="eve", role="sales")], alice)
    assert [row.facts["role"].kind for row in rows] == ["administrator", "own"]
    assert judged(alice, line(role="own")) == [["There is no role “own”."]]


def test_an_address_that_no_row_has_room_for(in_acme, alice):
    assert len(judged(alice, line(agent_id="dan", email=f"{'e' * 60}@{'x.' * 110}example"))[0]) == 1
