import uuid
from typing import Any

import msgspec
import pytest

from chat import errors
from chat.models import OfflineMessage
from chat.services import offline_messages
from chat.testing import PAGE, make_visitor

pytestmark = pytest.mark.usefixtures("in_acme")


@pytest.fixture
def vera(in_acme):
    return make_visitor()


def leave(visitor, **facts):
    given: dict[str, Any] = {"client_id": uuid.uuid4(), "text": "Call me", "name": "Vera", "page": PAGE}
    given["email"] = "vera@acme.example"
    return offline_messages.leave(visitor, **given | facts)


def test_the_words_are_kept_with_who_and_where(vera):
    left = leave(vera)
    left.refresh_from_db()
    assert (left.text, left.name, left.email, left.visitor) == ("Call me", "Vera", "vera@acme.example", vera)
    assert (left.page_url, left.page_title, left.read_at) == (PAGE.url, PAGE.title, None)


def test_the_same_words_under_the_same_name_are_kept_once(vera):
    name = uuid.uuid4()
    assert leave(vera, client_id=name) == leave(vera, client_id=name)
    assert OfflineMessage.objects.count() == 1


def test_two_visitors_may_use_the_same_name(vera):
    name = uuid.uuid4()
    leave(vera, client_id=name)
    leave(make_visitor(), client_id=name)
    assert OfflineMessage.objects.count() == 2


@pytest.mark.parametrize("text", ["", " ", "\x00", "\n\t"])
def test_blank_words_are_refused(vera, text):
    with pytest.raises(errors.TextEmpty):
        leave(vera, text=text)
    assert not OfflineMessage.objects.exists()


@pytest.mark.parametrize(
    "email", ["vera", "vera@", "@acme.example", "a b@acme.example", "v@acme.example\nBcc: x@y.z"]
)
def test_what_is_no_address_is_refused(vera, email):
    with pytest.raises(errors.EmailInvalid) as refused:
        leave(vera, email=email)
    assert refused.value.field == "email"


def test_name_and_address_may_be_left_out(vera):
    left = leave(vera, name="", email="")
    assert (left.name, left.email) == ("", "")


def test_every_agent_is_told_how_many_are_unread(vera, published, commit, in_acme):
    with commit():
        leave(vera)
        leave(vera)
    told = [(channel, msgspec.json.decode(payload)["unread"]) for channel, payload in published]
    schema = in_acme.schema_name
    assert told == [
        (f"{schema}:takers", 1),
        (f"{schema}:others", 1),
        (f"{schema}:takers", 2),
        (f"{schema}:others", 2),
    ]


def test_a_repeat_is_not_told_again(vera, published, commit):
    name = uuid.uuid4()
    with commit():
        leave(vera, client_id=name)
        leave(vera, client_id=name)
    assert len(published) == 2


def test_nothing_is_told_when_it_fails(vera, published, commit):
    with pytest.raises(errors.EmailInvalid), commit():
        leave(vera, email="vera")
    assert published == []


def test_the_first_who_reads_it_is_named(vera, bob, carol):
    left = leave(vera)
    offline_messages.mark_read(left, by=bob)
    offline_messages.mark_read(left, by=carol)
    left.refresh_from_db()
    assert left.read_by == bob
    assert not OfflineMessage.objects.unread().exists()


def test_reading_it_is_told_once(vera, bob, published, commit):
    left = leave(vera)
    with commit():
        offline_messages.mark_read(left, by=bob)
        offline_messages.mark_read(left, by=bob)
    assert [msgspec.json.decode(payload)["unread"] for _, payload in published] == [0, 0]
