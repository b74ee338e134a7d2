import pytest
from django.utils import timezone

from accounts import errors, sealing
from accounts.capabilities import Capability
from accounts.models import AuditEntry, RecoveryCode, Totp
from accounts.services import recovery_codes, second_step_mails, second_step_resets, two_step
from accounts.testing import Browser
from companies.models import Delivery
from core.errors import Forbidden

pytestmark = pytest.mark.django_db


@pytest.fixture
def set_up(acme):
    def give(agent) -> None:
        with acme.entered():
            sealed = sealing.seal("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
            Totp.objects.create(agent=agent, secret=sealed, confirmed_at=timezone.now())
            recovery_codes.make_first(agent)

    return give


@pytest.fixture
def manager(acme, carol):
    """Carol manages agents without being an administrator."""
    with acme.entered():
        carol.granted = [Capability.MANAGE_AGENTS]
        carol.save()
    return carol


def test_everything_is_forgotten_and_the_agent_is_told(in_acme, acme, alice, bob, set_up):
    set_up(bob)
    second_step_resets.reset(acme, bob, by=alice)
    assert not two_step.is_set_up(bob)
    assert not RecoveryCode.objects.exists()
    assert AuditEntry.objects.get(action="two_step.reset").subject_pk == str(bob.pk)
    mail = Delivery.objects.get(to="bob@acme.example")
    assert "Alice has reset your second step at Acme" in mail.content["text"]


def test_the_mail_is_in_the_agents_language(in_acme, acme, alice, bob, set_up):
    set_up(bob)
    bob.language = "zh-hans"
    bob.save(update_fields=["language"])
    second_step_resets.reset(acme, bob, by=alice)
    assert "两步" in Delivery.objects.get(to="bob@acme.example").content["text"]


def test_nobody_resets_their_own(in_acme, acme, alice, set_up):
    set_up(alice)
    with pytest.raises(errors.NotOneself):
        second_step_resets.reset(acme, alice, by=alice)
    assert two_step.is_set_up(alice)


def test_nor_an_administrators_without_being_one(in_acme, acme, alice, manager, set_up):
    set_up(alice)
    with pytest.raises(errors.MayDoMore):
        second_step_resets.reset(acme, alice, by=manager)
    assert two_step.is_set_up(alice)


def test_nor_anybodys_without_managing_agents(in_acme, acme, bob, carol, set_up):
    set_up(carol)
    with pytest.raises(Forbidden):
        second_step_resets.reset(acme, carol, by=bob)
    assert two_step.is_set_up(carol)


def test_nothing_is_told_when_it_fails(in_acme, acme, alice, bob, set_up, monkeypatch):
    set_up(bob)
    monkeypatch.setattr(second_step_mails, "tell_reset", lambda *args, **facts: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        second_step_resets.reset(acme, bob, by=alice)
    assert two_step.is_set_up(bob)
    assert not AuditEntry.objects.filter(action="two_step.reset").exists()


def test_the_page_does_it(acme, alice, bob, set_up):
    set_up(bob)
    at = f"/c/{acme.company_id}/settings/agents/{bob.pk}/"
    browser = Browser().enter(acme, alice)
    assert "Reset the second step" in browser.get(f"{at}sessions/").text
    assert browser.post(f"{at}second-step/reset/")["Location"] == f"{at}sessions/"
    with acme.entered():
        assert not two_step.is_set_up(bob)
    assert "Reset the second step" not in browser.get(f"{at}sessions/").text


def test_the_page_is_not_for_everybody(acme, bob, carol, set_up):
    set_up(carol)
    at = f"/c/{acme.company_id}/settings/agents/{carol.pk}/"
    browser = Browser().enter(acme, bob)
    assert browser.get(f"{at}sessions/").status_code == 403
    assert browser.post(f"{at}second-step/reset/").status_code == 403
