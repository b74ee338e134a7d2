"""What an agent is told of one visitor: this visit and the earlier ones."""

import datetime
import uuid

from django.utils import timezone

from accounts.capabilities import Capability
from accounts.models import Agent
from chat.tests.hot import inside
from widgets.models import Visit, Visitor


async def make_visits(company, count):
    def make():
        visitor = Visitor.objects.create(name="Vera", visits=count)
        for number in range(1, count + 1):
            began = timezone.now() - datetime.timedelta(hours=count - number + 2)
            facts = {"began_at": began, "last_seen_at": began + datetime.timedelta(minutes=5)}
            entry = {"entry_url": f"https://acme.example/{number}", "page_url": "https://acme.example/last"}
            Visit.objects.create(
                visitor=visitor, number=number, pages=number, browser="Firefox 128", **facts, **entry
            )
        return str(visitor.pk)

    return await inside(company, make)


async def test_visits_are_told_newest_first(work, committed):
    visitor = await make_visits(committed.acme, 3)
    bob = await work("bob")
    told = (await bob.ask("visitor.open", visitor=visitor))["result"]
    assert (told["name"], told["visits_in_all"]) == ("Vera", 3)
    assert [visit["page"]["url"] for visit in told["visits"]] == [
        f"https://acme.example/{n}" for n in (3, 2, 1)
    ]
    newest = told["visits"][0]
    assert (newest["browser"], newest["pages"]) == ("Firefox 128", 3)
    # Nobody told its end: it ended when the visitor was last seen.
    assert newest["ended_at"] == newest["began_at"] + 5 * 60 * 1000


async def test_at_most_fifty_are_told(work, committed):
    visitor = await make_visits(committed.acme, 52)
    bob = await work("bob")
    told = (await bob.ask("visitor.open", visitor=visitor))["result"]
    assert (told["visits_in_all"], len(told["visits"])) == (52, 50)


async def test_who_is_not_known_is_not_found(work):
    bob = await work("bob")
    assert (await bob.ask("visitor.open", visitor=str(uuid.uuid4())))["code"] == "not_found"


async def test_another_companys_visitor_is_not_found(work, committed):
    visitor = await make_visits(committed.acme, 1)
    mallory = await work("mallory", company=committed.globex)
    assert (await mallory.ask("visitor.open", visitor=visitor))["code"] == "not_found"


async def test_who_neither_takes_chats_nor_sees_records_is_refused(work, committed):
    visitor = await make_visits(committed.acme, 1)

    def let(*capabilities):
        role = Agent.objects.get(agent_id="bob").role
        before, role.capabilities = role.capabilities, list(capabilities)
        role.save()
        return before

    before = await inside(committed.acme, let, Capability.EDIT_SELF)
    try:
        bob = await work("bob")
        assert (await bob.ask("visitor.open", visitor=visitor))["code"] == "forbidden"
        await inside(committed.acme, let, Capability.SEE_ALL_RECORDS)
        assert (await bob.ask("visitor.open", visitor=visitor))["type"] == "ack"
    finally:
        await inside(committed.acme, let, *before)
