"""What no form of ours sends, but anybody can: it is refused or means nothing, and never an error of the server."""

import pytest

from accounts.models import Agent, Group, Role
from accounts.services import notices
from accounts.testing import Browser

pytestmark = pytest.mark.django_db

HUGE = "9" * 5000
LARGE = "9" * 25

ASKED = [
    "settings/agents/?role=" + LARGE, "settings/agents/?group=" + HUGE, "settings/agents/?page=" + HUGE,
    "settings/agents/?q=%00", "settings/agents/?sort=%00", "settings/roles/new/?copy=" + HUGE,
    "settings/roles/new/?copy=²", "notices/new/?agent=" + HUGE, "notices/new/?agent=" + LARGE,
    "notices/?page=" + HUGE, "settings/audit/?until=9999-12-31", "settings/audit/?since=0001-01-01",
    "settings/audit/?q=%00", "settings/audit/?after=2025-01-01T00:00:00_" + LARGE,
    "settings/audit/?after=0001-01-01T00:00:00%2B23:59_1", "settings/audit/?after=" + HUGE,
    "settings/audit/?after=9999-12-31T23:59:59-23:59_1", "settings/audit/?until=0001-01-01",
    "settings/?q=%00", "help/?q=%00" + "(" * 500, f"settings/agents/{LARGE}/", "suggestions/?page=-1",
    "settings/addresses/new/?network=%00", f"settings/agents/{LARGE}/sessions/", "settings/me/",
]  # fmt: skip

SAID = [
    ("settings/agents/several/", {"agent": HUGE, "deed": "disable"}),
    ("settings/agents/several/", {"agent": LARGE, "deed": "disable"}),
    ("settings/agents/several/", {"agent": "1", "deed": "move", "role": HUGE}),
    ("settings/agents/several/", {"agent": "1", "deed": "join", "group": LARGE}),
    ("settings/agents/several/", {"agent": "1", "deed": "move", "role": "²"}),
    ("settings/agents/several/", {"agent": "1", "deed": "enable", "next": "//evil.example\r\n\0"}),
    ("settings/groups/new/", {"find": "1", "query": "\0", "agents": ["\0", HUGE, "x"]}),
    ("settings/groups/new/", {"find": "1", "query": "x", "agents": [LARGE], "version": HUGE}),
    ("settings/groups/{group}/", {"name": "Sales", "version": LARGE}),
    ("settings/roles/{role}/", {"name": "x", "version": LARGE}),
    ("settings/roles/{role}/", {"name": "x", "version": "-1", "capabilities": ["\0"]}),
    ("settings/agents/{bob}/", {"name": "Bob", "version": LARGE, "role": LARGE}),
    ("settings/me/", {"name": "A", "version": LARGE}),
    ("notices/{notice}/read/", {"version": HUGE}),
    ("notices/{notice}/read/", {"version": LARGE}),
    ("notices/{notice}/read/", {"version": "-1"}),
    ("notices/new/", {"title": "x", "text": "x", "audience": "all", "starts_at": "0001-01-01T00:00"}),
    ("notices/new/", {"title": "x", "text": "x", "audience": "all", "ends_at": "9999-12-31T23:59"}),
    ("settings/audit/export/?until=9999-12-31", {"format": "csv"}),
    ("settings/agents/import/rows/", {"rows": '[{"email":"\\u0000","agent_id":"\\u0000","role":"\\u0000"}]'}),
    ("settings/agents/import/rows/", {"rows": "[" * 100_000}),
    ("settings/security/passkeys/new/", {"name": "x", "credential": "[" * 15_000}),
    ("settings/security/passkeys/new/", {"name": "x", "credential": '{"id": 5, "response": []}'}),
    ("language/", {"language": "\0", "next": "\0"}),
    ("settings/addresses/new/", {"network": "1" * 60, "remark": "\0"}),
    ("settings/addresses/new/", {"network": "0.0.0.0/0/0"}),
]  # fmt: skip


@pytest.fixture(params=["UTC", "Asia/Shanghai", "America/Los_Angeles"])
def zone(request, acme):
    acme.time_zone = request.param
    acme.save(update_fields=["time_zone"])


@pytest.fixture
def browser(acme, alice, zone):
    return Browser(raise_request_exception=False).enter(acme, alice)


@pytest.mark.parametrize("asked", ASKED)
def test_asking(asked, acme, browser):
    assert browser.get(f"/c/{acme.company_id}/{asked}").status_code < 500


@pytest.fixture
def places(acme, alice, bob, in_acme):
    notice = notices.publish(notices.Words(title="Party", text="At six"), by=alice)
    group = Group.objects.create(name="Sales")
    role = Role.objects.create(kind="own", name="Own")
    return {"bob": bob.pk, "group": group.pk, "role": role.pk, "notice": notice.pk}


@pytest.mark.parametrize(("place", "typed"), SAID)
def test_saying(place, typed, acme, browser, places):
    assert browser.post(f"/c/{acme.company_id}/{place.format(**places)}", typed).status_code < 500
    assert Agent.objects.count() == 3


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("/sign-in/", {"company_id": "１" * 20, "agent_id": "\0", "password": "\0"}),
        ("/sign-in/", {"company_id": "12345678", "agent_id": "a", "password": "x\0", "next": "\0//"}),
        ("/forgotten-password/", {"company_id": "\0", "agent_id": "\0"}),
        ("/sign-in/second-step/", {"code": "\0"}),
        ("/language/", {"language": "\0", "next": "\0"}),
    ],
)
def test_strangers(path, typed, acme):
    assert Browser(raise_request_exception=False).post(path, typed).status_code < 500
    assert Browser(raise_request_exception=False).get(path, typed).status_code < 500


@pytest.mark.parametrize("token", ["x", "\0", "a" * 5000, "WzEsMiwzLDRd:1:x"])
@pytest.mark.parametrize("path", ["invitation", "new-password", "confirm"])
def test_links(path, token, db):
    assert Browser(raise_request_exception=False).get(f"/{path}/{token}/").status_code < 500
