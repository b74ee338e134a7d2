import json
import re

import pytest

from accounts.testing import Browser
from protocol import version

pytestmark = pytest.mark.django_db


def path(company) -> str:
    return f"/c/{company.company_id}/workspace/"


def page_data(response):
    found = re.search(
        r'<script id="workspace-data" type="application/json">(.*?)</script>', response.content.decode(), re.S
    )
    assert found
    return json.loads(found[1])


def test_a_stranger_is_led_to_sign_in(acme):
    response = Browser().get(path(acme))
    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in/?")


def test_an_agent_of_another_company_is_a_stranger(acme, globex, mallory):
    response = Browser().enter(globex, mallory).get(path(acme))
    assert response.status_code == 302


def test_the_script_is_told_who_and_where_it_is(acme, bob):
    data = page_data(Browser().enter(acme, bob).get(path(acme)))
    assert data["company_id"] == acme.company_id
    assert data["company_name"] == "Acme"
    assert data["agent"] == {
        "id": bob.pk,
        "agent_id": "bob",
        "name": "Bob",
        "role": "agent",
        "is_administrator": False,
    }
    assert data["time_zone"] == "UTC"
    assert data["version"] == version.VERSION
    assert data["urls"]["live"] == f"/live/c/{acme.company_id}/agent"
    assert data["urls"]["socket_token"] == f"/c/{acme.company_id}/socket-token/"


def test_the_script_is_told_what_the_agent_may(acme, alice, bob):
    of_alice = page_data(Browser().enter(acme, alice).get(path(acme)))["capabilities"]
    of_bob = page_data(Browser().enter(acme, bob).get(path(acme)))["capabilities"]
    assert "manage_settings" in of_alice
    assert "manage_settings" not in of_bob
    assert "take_chats" in of_bob


def test_after_signing_in_again_one_is_back_in_the_workspace(acme, bob):
    data = page_data(Browser().enter(acme, bob).get(path(acme)))
    assert f"next=%2Fc%2F{acme.company_id}%2Fworkspace%2F" in data["urls"]["sign_in"]


def test_a_company_name_cannot_break_out_of_the_script(acme, bob):
    acme.name = "</script><script>alert(1)</script>"
    acme.save(update_fields=["name"])
    response = Browser().enter(acme, bob).get(path(acme))
    assert "<script>alert" not in response.content.decode()
    assert page_data(response)["company_name"] == acme.name


def test_other_agent_pages_carry_the_same_data_for_their_bar(acme, bob):
    response = Browser().enter(acme, bob).get(f"/c/{acme.company_id}/offline-messages/")
    assert page_data(response)["agent"]["id"] == bob.pk
