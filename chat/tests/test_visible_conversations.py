"""Who may see which conversation: permission is the query."""

import pytest

from accounts.models import Role
from chat.models import Conversation
from chat.services import conversations
from chat.testing import make_conversation, make_online

EVERYTHING = {"own", "own ended", "waiting", "another's", "another's ended"}


@pytest.fixture
def talks(in_acme, bob, carol):
    """One of each, seen from Carol."""
    make_online(bob)
    talks = {
        "own": make_conversation(agent=carol),
        "own ended": make_conversation(agent=carol),
        "waiting": make_conversation(),
        "another's": make_conversation(agent=bob),
        "another's ended": make_conversation(agent=bob),
    }
    conversations.end(talks["own ended"], by=carol)
    conversations.end(talks["another's ended"], by=bob)
    return talks


def visible(agent, talks):
    found = set(Conversation.objects.visible_to(agent))
    return {name for name, talk in talks.items() if talk in found}


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("administrator", EVERYTHING),
        ("supervisor", EVERYTHING),
        ("agent", {"own", "own ended", "waiting"}),
    ],
)
def test_the_built_in_roles(talks, carol, kind, expected):
    carol.role = Role.objects.get(kind=kind)
    assert visible(carol, talks) == expected


@pytest.mark.parametrize(
    ("capabilities", "expected"),
    [
        ([], {"own", "own ended"}),
        (["take_chats"], {"own", "own ended", "waiting"}),
        (["see_all_records"], EVERYTHING),
        (["manage_settings", "monitor"], {"own", "own ended"}),
    ],
)
def test_roles_of_ones_own(talks, carol, capabilities, expected):
    carol.role = Role.objects.create(kind="own", name="Test", capabilities=capabilities)
    assert visible(carol, talks) == expected


def test_who_is_deactivated_sees_no_more_than_what_was_theirs(talks, carol):
    carol.role, carol.is_active = Role.objects.get(kind="administrator"), False
    assert visible(carol, talks) == {"own", "own ended"}
