"""Agents write to the operator and read the answers to their own, and nobody else's."""

import msgspec
import pytest

from accounts.testing import Browser
from companies import errors
from companies.models import Suggestion
from companies.services import suggestions

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(acme):
    return f"/c/{acme.company_id}/suggestions/"


@pytest.fixture
def bobs(acme, bob):
    return Browser().enter(acme, bob)


@pytest.fixture
def asked(acme, bob):
    return suggestions.submit(
        acme, agent_pk=bob.pk, agent_name="Bob", kind="question", text="Where is the door?", language="en"
    )


def test_the_operator_gets_it_with_both_names(acme, bob, bobs, path):
    assert bobs.post(path, {"kind": "suggestion", "text": "More colours"}).status_code == 302
    written = Suggestion.objects.get()
    assert (written.company, written.agent_pk, written.agent_name) == (acme, bob.pk, "Bob")
    assert (written.kind, written.text, written.language) == ("suggestion", "More colours", "en")
    assert "Not answered yet." in bobs.get(path).text


def test_an_answer_is_marked_as_new_once(asked, bobs, path):
    suggestions.answer(asked, by="Olga", text="On the <left>, see https://parley.example/door")
    first, second = bobs.get(path).text, bobs.get(path).text
    assert "New answer" in first
    assert "New answer" not in second
    assert "Olga answered on" in second
    assert "On the &lt;left&gt;" in second
    assert 'href="https://parley.example/door"' in second


def test_the_agent_is_told_at_once_and_when_it_is_read(acme, asked, bob, published, commit):
    with commit():
        suggestions.answer(asked, by="Olga", text="On the left")
    with commit():
        suggestions.mark_answers_read(acme, agent_pk=bob.pk)
    channel = f"{acme.schema_name}:agent:{bob.pk}"
    assert [(heard, msgspec.json.decode(payload)) for heard, payload in published] == [
        (channel, {"type": "answers.changed", "unread": 1}),
        (channel, {"type": "answers.changed", "unread": 0}),
    ]


def test_a_better_answer_is_unread_again(acme, asked, bob):
    suggestions.answer(asked, by="Olga", text="On the left")
    suggestions.mark_answers_read(acme, agent_pk=bob.pk)
    suggestions.answer(asked, by="Olga", text="On the right")
    assert Suggestion.objects.of(acme, bob.pk).unread().get().answer == "On the right"


def test_an_empty_answer_is_none(asked):
    with pytest.raises(errors.AnswerMissing):
        suggestions.answer(asked, by="Olga", text="  ")


def test_there_is_a_limit_a_day_and_it_is_said(acme, bob, bobs, path, monkeypatch):
    monkeypatch.setattr(suggestions, "MOST_A_DAY", 1)
    bobs.post(path, {"kind": "suggestion", "text": "first"})
    page = bobs.post(path, {"kind": "suggestion", "text": "second"}).text
    assert "You have written 1 today." in page
    assert "second" in page
    assert Suggestion.objects.count() == 1


def test_colleagues_and_those_of_other_companies_see_nothing_of_it(
    acme, globex, bob, carol, mallory, asked, path
):
    assert "Where is the door?" not in Browser().enter(acme, carol).get(path).text
    # Primary keys repeat across companies.
    Suggestion.objects.filter(pk=asked.pk).update(agent_pk=mallory.pk)
    own = f"/c/{globex.company_id}/suggestions/"
    assert "Where is the door?" not in Browser().enter(globex, mallory).get(own).text
    assert Browser().enter(globex, mallory).get(path).status_code == 302
