"""The page with the company's choices about presence."""

import msgspec
import pytest

from accounts.testing import Browser
from chat.models import ChatSettings
from chat.services import settings as chat_settings

pytestmark = pytest.mark.django_db
CHOSEN = {"away_after_minutes": 7, "return_after_seconds": 90, "left_shown_minutes": 15}


@pytest.fixture
def address(acme) -> str:
    return f"/c/{acme.company_id}/settings/presence/"


@pytest.fixture
def at_work(acme, alice) -> Browser:
    return Browser().enter(acme, alice)


def held(company):
    with company.entered():
        now = chat_settings.current()
    return {name: getattr(now, name) for name in CHOSEN}


def test_it_shows_what_holds_until_the_company_chooses(at_work, address, acme):
    form = at_work.get(address).context["form"]
    assert (
        form.initial.items()
        >= {
            "away_after_minutes": 5,
            "return_after_seconds": 60,
            "left_shown_minutes": 30,
        }.items()
    )
    with acme.entered():
        assert not ChatSettings.objects.exists()


def test_what_is_chosen_holds_and_is_confirmed(at_work, address, acme):
    response = at_work.post(address, CHOSEN, follow=True)
    assert "Saved." in response.text
    assert held(acme) == CHOSEN


def test_0_turns_becoming_away_off(at_work, address, acme):
    at_work.post(address, CHOSEN | {"away_after_minutes": 0})
    assert held(acme)["away_after_minutes"] == 0


@pytest.mark.parametrize("name", CHOSEN)
@pytest.mark.parametrize("typed", ["", "-1", "soon", "1.5", "99999999999"])
def test_what_cannot_be_is_said_beside_its_field(at_work, address, acme, name, typed):
    response = at_work.post(address, CHOSEN | {name: typed})
    assert list(response.context["form"].errors) == [name]
    assert 'class="field field--wrong"' in response.text
    assert held(acme)["return_after_seconds"] == 60


def test_open_workspaces_ask_again_what_holds(at_work, address, acme, published, commit):
    with commit():
        at_work.post(address, CHOSEN)
    told = [(channel.partition(":")[2], msgspec.json.decode(payload)) for channel, payload in published]
    assert told == [("takers", {"type": "resync"}), ("others", {"type": "resync"})]


def test_agents_without_the_capability_are_told_so(acme, bob, address):
    browser = Browser().enter(acme, bob)
    for response in (browser.get(address), browser.post(address, CHOSEN)):
        assert response.status_code == 403
    assert held(acme)["away_after_minutes"] == 5


def test_it_stands_in_the_menu_of_those_who_may(at_work, acme, bob, address):
    page = f"/c/{acme.company_id}/settings/"
    assert address in at_work.get(page).text
    assert address not in Browser().enter(acme, bob).get(page).text


def test_each_company_chooses_for_itself(at_work, address, globex, acme):
    at_work.post(address, CHOSEN)
    assert held(globex)["away_after_minutes"] == 5
