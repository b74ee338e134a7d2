"""Open pages hear of notices and of the operator's answers; one reads there, and other tabs count no more."""

import pytest

from accounts.models import Agent
from accounts.services import notices
from accounts.services.notices import Words
from chat.tests.hot import inside
from companies.models import Suggestion
from companies.services import suggestions


@pytest.fixture
def acme(committed):
    yield committed.acme
    Suggestion.objects.all().delete()


def publish(*args, **facts):
    return notices.publish(Words("Tonight", "We close at six", *args, **facts), by=named("alice"))


def named(agent_id):
    return Agent.objects.get(agent_id=agent_id)


async def test_a_notice_arrives_at_once_and_is_read_in_each_tab(work, acme):
    desk, phone = await work("bob", session="desk"), await work("bob", session="phone")
    notice = await inside(acme, publish)
    told = (await desk.event("notice.published"))["notice"]
    assert (told["id"], told["title"], told["author"]) == (notice.pk, "Tonight", "Alice")
    await phone.event("notice.published")
    assert (await desk.ask("notice.read", notice_id=notice.pk, version=0))["type"] == "ack"
    assert (await phone.event("notice.read"))["notice_id"] == notice.pk
    assert "notices" not in (await phone.ask("workspace.open"))["result"]


async def test_who_comes_later_finds_it_among_the_unread(work, acme):
    await inside(acme, publish)
    bob = await work("bob")
    assert [one["title"] for one in (await bob.ask("workspace.open"))["result"]["notices"]] == ["Tonight"]


async def test_what_is_meant_for_others_is_neither_heard_nor_read(work, acme):
    bob, carol = await work("bob"), await work("carol")
    notice = await inside(acme, lambda: publish("agents", agents=[named("carol")]))
    await carol.event("notice.published")
    assert (await bob.ask("notice.read", notice_id=notice.pk, version=0))["code"] == "not_found"
    assert not [event for event in bob.events if event["type"] == "notice.published"]


async def test_withdrawn_it_goes_from_open_pages(work, acme):
    bob = await work("bob")
    notice = await inside(acme, publish)
    await inside(acme, notices.withdraw, notice)
    assert (await bob.event("notice.withdrawn"))["notice_id"] == notice.pk


async def test_another_company_hears_nothing_of_it(work, acme, committed):
    mallory, bob = await work("mallory", committed.globex), await work("bob")
    notice = await inside(acme, publish)
    await bob.event("notice.published")
    assert (await mallory.ask("notice.read", notice_id=notice.pk, version=0))["code"] == "not_found"
    assert not [event for event in mallory.events if event["type"].startswith("notice")]


async def test_the_operator_s_answer_is_told_at_once(work, acme):
    bob = await work("bob")

    def ask_and_answer():
        facts = {"agent_name": "Bob", "kind": "question", "text": "Where?", "language": "en"}
        asked = suggestions.submit(acme, agent_pk=named("bob").pk, **facts)
        suggestions.answer(asked, by="Olga", text="Here")

    await inside(acme, ask_and_answer)
    assert (await bob.event("answers.changed"))["unread"] == 1
    assert (await bob.ask("workspace.open"))["result"]["answers"] == 1
