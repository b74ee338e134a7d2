import pytest

from accounts.models import Agent, Group, Role
from accounts.testing import Browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def several(acme, alice):
    """Does one deed to several agents as Alice; answers with the page that follows."""
    browser = Browser().enter(acme, alice)

    def do(deed, *agents, **other):
        ticked = {"deed": deed, "agent": [agent.pk for agent in agents], **other}
        return browser.post(f"/c/{acme.company_id}/settings/agents/several/", ticked, follow=True).text

    return do


def test_disable_and_enable(acme, bob, carol, several):
    assert "Done for 2 agents." in several("disable", bob, carol)
    with acme.entered():
        assert Agent.objects.active().count() == 1
    assert "Done for 2 agents." in several("enable", bob, carol)
    with acme.entered():
        assert Agent.objects.active().count() == 3


def test_who_is_left_out_is_named_with_the_reason(acme, alice, bob, several):
    page = several("disable", alice, bob)
    assert "Done for 1 agent." in page
    assert "Alice: Nobody can do this to themselves." in page
    with acme.entered():
        assert list(Agent.objects.active().order_by("name").values_list("name", flat=True)) == [
            "Alice",
            "Carol",
        ]


def test_another_role(acme, bob, carol, several):
    with acme.entered():
        supervisor = Role.objects.get(kind=Role.Kind.SUPERVISOR)
    several("move", bob, carol, role=supervisor.pk)
    with acme.entered():
        assert supervisor.agents.count() == 2


def test_one_more_group(acme, bob, carol, several):
    with acme.entered():
        sales, support = (Group.objects.create(name=name) for name in ("Sales", "Support"))
        support.agents.add(bob)
    several("join", bob, carol, group=sales.pk)
    with acme.entered():
        assert set(sales.agents.all()) == {bob, carol}
        assert set(bob.groups.all()) == {sales, support}


def test_who_is_not_invited_is_not_sent_an_invitation(bob, several):
    assert "Bob: Bob is not waiting for an invitation." in several("invite", bob)


@pytest.mark.parametrize("deed", ["delete", "", "__init__"])
def test_what_is_no_deed_does_nothing(acme, bob, several, deed):
    assert "Choose what to do with them." in several(deed, bob)
    with acme.entered():
        assert Agent.objects.get(pk=bob.pk).version == 0


def test_nobody_ticked(several):
    assert "Tick at least one agent first." in several("disable")


def test_nonsense_is_nobody(acme, alice):
    browser = Browser().enter(acme, alice)
    ticked = {"deed": "disable", "agent": ["x", "-1", "99999999", "²"]}
    page = browser.post(f"/c/{acme.company_id}/settings/agents/several/", ticked, follow=True)
    assert "Tick at least one agent first." in page.text


def test_without_the_permission(acme, bob, carol):
    ticked = {"deed": "disable", "agent": [carol.pk]}
    assert (
        Browser().enter(acme, bob).post(f"/c/{acme.company_id}/settings/agents/several/", ticked).status_code
        == 403
    )


def test_outsiders(acme, globex, mallory, bob):
    ticked = {"deed": "disable", "agent": [bob.pk]}
    Browser().enter(globex, mallory).post(f"/c/{acme.company_id}/settings/agents/several/", ticked)
    with acme.entered():
        assert Agent.objects.get(pk=bob.pk).is_active


@pytest.mark.parametrize(
    ("deed", "words"),
    [("move", "Choose the role to give them."), ("join", "Choose the group to add them to.")],
)
def test_what_was_ticked_stays_ticked_where_something_is_missing(alice, bob, carol, several, deed, words):
    page = several(deed, bob)
    assert words in page
    assert f'value="{bob.pk}" aria-label="Bob" checked' in page
    assert f'value="{carol.pk}" aria-label="Carol">' in page
