import datetime

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts import devices, errors, sessions
from accounts.capabilities import Capability
from accounts.models import AuditEntry, SignIn
from accounts.services import audit, sign_in_sessions
from accounts.signals import signed_out
from accounts.testing import Browser
from core.errors import Forbidden

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def heard():
    keys = []

    def listen(agent, session_key, **kwargs):
        keys.append((agent.agent_id, session_key))

    signed_out.connect(listen)
    yield keys
    signed_out.disconnect(listen)


@pytest.fixture
def opens(acme):
    def is_inside(browser) -> bool:
        return browser.get(f"/c/{acme.company_id}/workspace/").status_code == 200

    return is_inside


@pytest.fixture
def own(acme) -> str:
    return f"/c/{acme.company_id}/settings/sessions/"


@pytest.fixture
def of_bob(acme, bob) -> str:
    return f"/c/{acme.company_id}/settings/agents/{bob.pk}/sessions/"


def newest(acme) -> SignIn:
    with acme.entered():
        return SignIn.objects.select_related("agent__role").latest("pk")


def begin(acme, agent, address="", user_agent=""):
    device = sessions.Device(address, user_agent)
    return sessions.begin(acme, agent, remembered=False, device=device)


def test_the_list_tells_place_and_device_and_which_one_this_is(acme, alice, own):
    browser = Browser().enter(acme, alice)
    begin(acme, alice, "114.114.114.114", FIREFOX)
    page = browser.get(own).text
    assert "Firefox 140 · Linux" in page
    assert "China" in page
    assert "114.114.114.114" in page
    assert page.count("This one") == 1


def test_what_is_over_is_not_in_it(in_acme, acme, alice):
    for _ in range(3):
        begin(acme, alice)
    first, second, _ = Session.objects.all()
    first.delete()
    Session.objects.filter(pk=second.pk).update(expire_date=timezone.now() - datetime.timedelta(seconds=1))
    assert len(sign_in_sessions.open_of(alice)) == 1


def test_nor_what_belongs_to_an_earlier_password(in_acme, acme, alice):
    begin(acme, alice)
    alice.set_password("a different one 9")
    alice.save()
    assert sign_in_sessions.open_of(alice) == []


def test_nor_colleagues(in_acme, acme, alice, bob):
    begin(acme, bob)
    assert sign_in_sessions.open_of(alice) == []


def test_ending_one_elsewhere_ends_it_and_no_other(acme, alice, own, opens, heard):
    here, there = Browser().enter(acme, alice), Browser().enter(acme, alice)
    sign_in = newest(acme)
    here.post(f"{own}{sign_in.pk}/end/")
    assert (opens(here), opens(there)) == (True, False)
    assert heard == [("alice", sign_in.session_key)]
    with acme.entered():
        assert AuditEntry.objects.filter(action="session.ended").count() == 1


def test_ending_all_others_keeps_this_one(acme, alice, bob, own, opens, heard):
    here, there, third = (Browser().enter(acme, alice) for _ in range(3))
    colleague = Browser().enter(acme, bob)
    here.post(f"{own}end-others/")
    assert [opens(one) for one in (here, there, third, colleague)] == [True, False, False, True]
    assert len(heard) == 2


def test_sessions_from_before_they_were_noted_end_too(acme, alice, own, opens):
    here, there = Browser().enter(acme, alice), Browser().enter(acme, alice)
    with acme.entered():
        SignIn.objects.filter(pk=newest(acme).pk).delete()
    here.post(f"{own}end-others/")
    assert not opens(there)


def test_a_colleagues_is_not_there(acme, alice, bob, own, opens):
    there, pk = Browser().enter(acme, alice), newest(acme).pk
    assert Browser().enter(acme, bob).post(f"{own}{pk}/end/").status_code == 404
    assert opens(there)


def test_signing_out_takes_it_off_the_list(acme, alice):
    browser = Browser().enter(acme, alice)
    browser.post(f"/c/{acme.company_id}/sign-out/")
    with acme.entered():
        assert not SignIn.objects.exists()


def test_what_has_lapsed_is_swept_away(in_acme, acme, alice):
    begin(acme, alice)
    Session.objects.update(expire_date=timezone.now() - datetime.timedelta(days=1))
    begin(acme, alice)
    assert SignIn.objects.count() == 1


def test_whoever_manages_agents_ends_a_colleagues(acme, alice, bob, of_bob, opens, heard):
    there = Browser().enter(acme, bob)
    manager = Browser().enter(acme, alice)
    with acme.entered():
        pk = SignIn.objects.get(agent=bob).pk
    assert manager.post(f"{of_bob}{pk}/end/")["Location"] == of_bob
    assert not opens(there)
    assert heard[0][0] == "bob"


def test_or_all_of_them(acme, alice, bob, of_bob, opens, heard):
    there = [Browser().enter(acme, bob) for _ in range(2)]
    manager = Browser().enter(acme, alice)
    manager.post(f"{of_bob}end-all/")
    assert [opens(one) for one in (*there, manager)] == [False, False, True]
    assert len(heard) == 2


def test_nobody_else_does(acme, bob, carol, of_bob, opens):
    there = Browser().enter(acme, bob)
    pk = newest(acme).pk
    colleague = Browser().enter(acme, carol)
    assert colleague.get(of_bob).status_code == 403
    for page in (f"{of_bob}{pk}/end/", f"{of_bob}end-all/"):
        assert colleague.post(page).status_code == 403
    assert opens(there)


def test_nor_an_administrators_without_being_one(in_acme, acme, alice, carol):
    begin(acme, alice)
    carol.granted = [Capability.MANAGE_AGENTS]
    carol.save()
    with pytest.raises(errors.MayDoMore):
        sign_in_sessions.end_all_for(alice, by=carol)
    with pytest.raises(errors.MayDoMore):
        sign_in_sessions.end_for(newest(acme), by=carol)
    assert Session.objects.exists()


def test_a_right_that_was_taken_meanwhile_does_not_count(in_acme, acme, alice, bob):
    begin(acme, bob)
    alice.is_active = False
    alice.save()
    with pytest.raises(Forbidden):
        sign_in_sessions.end_all_for(bob, by=alice)


def test_nothing_is_told_when_it_fails(in_acme, acme, alice, monkeypatch):
    begin(acme, alice)
    monkeypatch.setattr(audit, "record", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        sign_in_sessions.end_others(alice, kept=None)
    assert Session.objects.exists()


def test_outsiders_end_nobodys(acme, globex, alice, mallory, opens):
    """Ids repeat: Mallory's own sign-in may have the same one."""
    there = Browser().enter(acme, alice)
    outsider = Browser().enter(globex, mallory)
    pk = newest(acme).pk
    outsider.post(f"/c/{globex.company_id}/settings/sessions/{pk}/end/")
    outsider.post(f"/c/{acme.company_id}/settings/sessions/{pk}/end/")
    outsider.post(f"/c/{globex.company_id}/settings/sessions/end-others/")
    assert opens(there)


def test_use_is_noted_once_a_minute(acme, alice, opens, clock, monkeypatch):
    ticks = [1000.0]
    monkeypatch.setattr("accounts.seen.time.monotonic", lambda: ticks[0])
    browser = Browser().enter(acme, alice)
    began = clock.now

    def seen():
        opens(browser)
        return newest(acme).seen_at

    assert seen() == began
    clock.move(seconds=59)
    ticks[0] += 59
    assert seen() == began
    clock.move(seconds=2)
    ticks[0] += 2
    assert seen() == clock.now


def test_a_request_of_that_minute_asks_nothing_more(acme, alice, opens, django_assert_num_queries):
    """What is asked for at once goes past Django's cursors and is not counted."""
    browser = Browser().enter(acme, alice)
    opens(browser)
    opens(browser)
    with django_assert_num_queries(0):
        browser.get(f"/c/{acme.company_id}/socket-token/")


@pytest.mark.parametrize("address", ["", "127.0.0.1", "10.1.2.3"])
def test_local_networks_have_no_place(in_acme, acme, alice, address):
    begin(acme, alice, address)
    assert devices.of(newest(acme)).place == ""
