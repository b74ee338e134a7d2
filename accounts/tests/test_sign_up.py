import re
from typing import Any

import pytest
from django.core import mail

from accounts import errors
from accounts.capabilities import Capability
from accounts.models import Agent, Role
from accounts.services import confirmations
from accounts.services.agents import add
from accounts.testing import PASSWORD, Browser
from companies.models import Company, Delivery
from companies.signals import company_opened

pytestmark = pytest.mark.django_db

RIGHT = {
    "company_name": "Initech",
    "name": "Peter",
    "agent_id": "peter",
    "email": "peter@initech.example",
    "password": PASSWORD,
    "time_zone": "America/Chicago",
}


def sign_up_as(browser: Browser, **typed: str) -> Any:
    return browser.post("/sign-up/", RIGHT | typed)


def the_new_one() -> Company:
    return Company.objects.get(name="Initech")


def test_makes_a_company_with_the_person_as_administrator(browser):
    sign_up_as(browser)
    company = the_new_one()
    assert 10_000_000 <= company.company_id <= 99_999_999
    assert company.time_zone == "America/Chicago"
    assert not company.is_confirmed
    with company.entered():
        agent = Agent.objects.get()
        assert (agent.agent_id, agent.name, agent.is_administrator) == ("peter", "Peter", True)
        assert agent.check_password(PASSWORD)


def test_the_company_has_the_built_in_roles(browser):
    sign_up_as(browser)
    with the_new_one().entered():
        assert set(Role.objects.values_list("kind", flat=True)) == {"administrator", "supervisor", "agent"}
        assert not Role.objects.get(kind="agent").allows(Capability.MANAGE_SETTINGS)
        assert Role.objects.get(kind="supervisor").allows(Capability.MONITOR)
        assert Role.objects.get(kind="administrator").allows(Capability.MANAGE_SETTINGS)


def test_names_of_several_lines_become_one_so_that_the_mail_can_leave(
    browser, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        sign_up_as(browser, company_name="Initech\r\nBcc: all@globex.example", name="Peter\nGibbons")
    company = Company.objects.get(name="Initech Bcc: all@globex.example")
    (message,) = mail.outbox
    assert message.recipients() == ["peter@initech.example"]
    with company.entered():
        assert Agent.objects.get().name == "Peter Gibbons"


def test_the_password_is_hashed_with_argon2(browser):
    sign_up_as(browser)
    with the_new_one().entered():
        assert Agent.objects.get().password.startswith("argon2$argon2id$")


def test_the_person_is_signed_in_and_told_the_company_id(browser):
    response = sign_up_as(browser)
    company = the_new_one()
    assert response["Location"] == f"/c/{company.company_id}/welcome/"
    page = browser.get(response["Location"]).text
    assert f'id="company-id">{company.company_id}<' in page
    assert "<dd>peter</dd>" in page
    assert f"/c/{company.company_id}/settings/snippet/" in page
    assert f"/c/{company.company_id}/workspace/" in page
    assert f"http://testserver/sign-in/?company={company.company_id}" in page


def test_what_it_told_signs_one_in(browser):
    sign_up_as(browser)
    typed = {"company_id": the_new_one().company_id, "agent_id": "peter", "password": PASSWORD}
    assert Browser().post("/sign-in/", typed).status_code == 302


def test_the_mail_names_the_ids_and_the_link_confirms(browser, commit):
    with commit():
        sign_up_as(browser)
    company, [message] = the_new_one(), mail.outbox
    assert message.to == ["peter@initech.example"]
    assert message.subject == "Confirm your e-mail address for Initech"
    assert f"Company ID: {company.company_id}" in message.body
    assert "Agent ID: peter" in message.body
    [path] = re.findall(r"http://testserver(/confirm/\S+/)\n", str(message.body))
    assert "Initech is confirmed." in browser.get(path).text
    assert the_new_one().is_confirmed


def test_the_mail_is_in_the_language_of_the_page(browser, commit):
    browser.post("/language/", {"language": "zh-hans", "next": "/sign-up/"})
    with commit():
        sign_up_as(browser)
    assert the_new_one().language == "zh-hans"
    assert f"公司ID: {the_new_one().company_id}" in mail.outbox[0].body


def test_it_is_announced_inside_the_company(browser):
    seen = []

    def listen(company: Company, **kwargs: object) -> None:
        seen.append((company.name, Agent.objects.count()))

    company_opened.connect(listen)
    try:
        sign_up_as(browser)
    finally:
        company_opened.disconnect(listen)
    assert seen == [("Initech", 1)]


def test_nothing_is_left_or_sent_when_it_fails_half_way(browser, commit, monkeypatch):
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("half way")

    monkeypatch.setattr(confirmations, "send", fail)
    with pytest.raises(RuntimeError, match="half way"), commit():
        sign_up_as(browser)
    assert not Company.objects.filter(name="Initech").exists()
    assert not Delivery.objects.filter(to="peter@initech.example").exists()
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"company_name": " "}, "This field is required."),
        ({"company_name": "x" * 101}, "Ensure this value has at most 100 characters"),
        ({"name": ""}, "This field is required."),
        ({"agent_id": "p"}, "Use 2 to 30 lower-case letters"),
        ({"agent_id": "-peter"}, "Use 2 to 30 lower-case letters"),
        ({"agent_id": "pe/ter"}, "Use 2 to 30 lower-case letters"),
        ({"email": "peter"}, "Enter a valid email address."),
        ({"password": "short 1"}, "It must contain at least 8 characters."),
        ({"password": "12345678901"}, "This password is entirely numeric."),
        ({"password": "password123"}, "This password is too common."),
        ({"password": "peter@initech"}, "The password is too similar to the e-mail."),
        ({"agent_id": "petergibbons", "password": "petergibbons1"}, "The password is too similar to the agent ID."),
        ({"time_zone": "Mars/Olympus_Mons"}, "Select a valid choice."),
    ],
)  # fmt: skip
def test_bad_input_is_told_and_the_rest_stays(browser, typed, told):
    page = sign_up_as(browser, **typed).text
    assert told in page.replace("&#x27;", "'")
    for field in {"company_name", "name", "email"} - typed.keys():
        assert f'value="{RIGHT[field]}"' in page
    assert RIGHT["password"] not in page
    assert not Company.objects.filter(email=RIGHT["email"]).exists()


def test_the_password_policy_is_told_before(browser):
    page = browser.get("/sign-up/").text
    assert "Your password must contain at least 8 characters." in page
    assert "commonly used password" in page


def test_agent_id_is_written_small_however_it_is_typed(browser):
    sign_up_as(browser, agent_id=" Ｐeter ")
    with the_new_one().entered():
        assert Agent.objects.get().agent_id == "peter"


def test_a_company_may_have_the_name_of_another(browser):
    sign_up_as(browser, company_name="Acme")
    assert Company.objects.filter(name="Acme").count() == 2


def test_names_are_text_not_html(browser):
    response = sign_up_as(browser, company_name="<b>Initech</b>", name="<script>alert(1)</script>")
    page = browser.get(response["Location"]).text
    assert "<b>Initech" not in page
    assert "<script>alert" not in page


def test_without_the_forms_secret_nothing_happens():
    assert sign_up_as(Browser(enforce_csrf_checks=True)).status_code == 403
    assert not Company.objects.filter(name="Initech").exists()


def test_without_script_the_time_zone_follows_the_language(browser):
    assert '<option value="UTC" selected>' in browser.get("/sign-up/").text
    page = browser.get("/sign-up/", headers={"accept-language": "zh-CN"}).text
    assert '<option value="Asia/Shanghai" selected>' in page


def test_an_agent_id_is_given_once_in_a_company(in_acme, bob):
    facts = {"name": "Bob", "email": "", "password": PASSWORD, "role_kind": Role.Kind.AGENT}
    with pytest.raises(errors.AgentIdTaken):
        add(agent_id="bob", **facts)
    assert add(agent_id="bobby", **facts).agent_id == "bobby"
