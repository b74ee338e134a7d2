import pyotp
import pytest
from django.utils import timezone

from accounts import errors, sealing
from accounts.models import AccessSettings, AuditEntry, Totp
from accounts.services import sign_in_settings
from accounts.testing import Browser

pytestmark = pytest.mark.django_db

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


def give_app(agent) -> None:
    Totp.objects.create(agent=agent, secret=sealing.seal(SECRET), confirmed_at=timezone.now())


@pytest.fixture
def required(acme, alice) -> None:
    with acme.entered():
        give_app(alice)
        sign_in_settings.change(requires_two_step=True, by=alice)


@pytest.fixture
def at(acme):
    return f"/c/{acme.company_id}/"


def test_whoever_requires_it_has_it_first(in_acme, alice):
    with pytest.raises(errors.OwnSecondStepFirst):
        sign_in_settings.change(requires_two_step=True, by=alice)
    assert not sign_in_settings.current().requires_two_step
    give_app(alice)
    assert sign_in_settings.change(requires_two_step=True, by=alice).requires_two_step
    entry = AuditEntry.objects.get(action="settings.changed")
    assert entry.changes == {"requires_two_step": [False, True]}


def test_saving_without_a_change_is_not_written_down(in_acme, alice):
    sign_in_settings.change(requires_two_step=False, by=alice)
    assert not AuditEntry.objects.filter(action="settings.changed").exists()


@pytest.mark.parametrize("page", ["workspace/", "settings/", "settings/sessions/", "welcome/"])
def test_every_page_leads_to_it(acme, bob, required, at, page):
    browser = Browser().enter(acme, bob)
    for _ in range(2):  # the second time the session is known to the process
        assert browser.get(f"{at}{page}")["Location"] == f"{at}settings/security/"


def test_sockets_get_no_token(acme, bob, required, at):
    browser = Browser().enter(acme, bob)
    for _ in range(2):
        response = browser.get(f"{at}socket-token/")
        assert (response.status_code, response.json()["code"]) == (403, "second_step_missing")


def test_signing_out_and_another_language_stay_open(acme, bob, required, at):
    browser = Browser().enter(acme, bob)
    assert browser.post(f"{at}language/", {"language": "en"}).status_code == 302
    assert browser.post(f"{at}sign-out/")["Location"].startswith("/sign-in/")


def test_whoever_sets_it_up_goes_on(acme, bob, required, at, clock):
    browser = Browser().enter(acme, bob)
    assert "Set up two-step sign-in" in browser.get(f"{at}settings/security/").text
    browser.post(f"{at}settings/security/app/begin/")
    with acme.entered():
        secret = sealing.open_sealed(Totp.objects.get(agent=bob).secret)
    assert browser.get(f"{at}workspace/").status_code == 302
    page = browser.post(f"{at}settings/security/app/", {"code": pyotp.TOTP(secret).at(clock.now)})
    assert f'href="{at}workspace/"' in page.text
    assert browser.get(f"{at}workspace/").status_code == 200
    assert browser.get(f"{at}socket-token/").status_code == 200


def test_whoever_has_it_notices_nothing(acme, alice, required, at):
    browser = Browser().enter(acme, alice)
    for _ in range(2):
        assert browser.get(f"{at}workspace/").status_code == 200


def test_whoever_removes_theirs_is_led_to_it_again(acme, alice, required, at):
    browser = Browser().enter(acme, alice)
    assert browser.get(f"{at}workspace/").status_code == 200
    with acme.entered():
        Totp.objects.all().delete()
    assert browser.get(f"{at}workspace/")["Location"] == f"{at}settings/security/"


def test_without_being_required_nobody_is_led_there(acme, bob, at):
    assert Browser().enter(acme, bob).get(f"{at}workspace/").status_code == 200


def test_another_company_is_not_concerned(acme, globex, mallory, required):
    assert Browser().enter(globex, mallory).get(f"/c/{globex.company_id}/workspace/").status_code == 200


def test_the_page_names_who_has_none(acme, alice, required, at):
    page = Browser().enter(acme, alice).get(f"{at}settings/sign-in/").text
    assert "2 agents have set up none yet:" in page
    assert "Carol" in page


def test_the_page_refuses_whoever_has_none_themselves(acme, alice, at):
    browser = Browser().enter(acme, alice)
    response = browser.post(f"{at}settings/sign-in/", {"requires_two_step": "on"})
    assert "Set up your own second step first" in response.text
    with acme.entered():
        give_app(alice)
    assert browser.post(f"{at}settings/sign-in/", {"requires_two_step": "on"}).status_code == 302
    with acme.entered():
        assert AccessSettings.objects.get().requires_two_step


def test_it_is_not_for_everybody_to_say(acme, bob, at):
    browser = Browser().enter(acme, bob)
    assert browser.get(f"{at}settings/sign-in/").status_code == 403
    assert browser.post(f"{at}settings/sign-in/", {"requires_two_step": "on"}).status_code == 403
    with acme.entered():
        assert not sign_in_settings.current().requires_two_step
