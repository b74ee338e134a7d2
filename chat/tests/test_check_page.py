import pytest

from accounts.testing import Browser

pytestmark = pytest.mark.django_db


def path(company) -> str:
    return f"/c/{company.company_id}/check/"


def test_a_stranger_is_led_to_sign_in(acme):
    assert Browser().get(path(acme)).status_code == 302


def test_an_agent_of_another_company_is_a_stranger(acme, globex, mallory):
    assert Browser().enter(globex, mallory).get(path(acme)).status_code == 302


def test_every_agent_may_check_and_finds_it_in_the_menu(acme, bob):
    response = Browser().enter(acme, bob).get(path(acme))
    assert response.status_code == 200
    assert 'id="check"' in response.content.decode()
    assert f'href="{path(acme)}"' in response.content.decode()
