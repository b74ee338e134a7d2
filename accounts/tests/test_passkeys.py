import json

import pytest

from accounts import errors
from accounts.models import AuditEntry, Passkey, RecoveryCode
from accounts.services import passkeys, two_step
from accounts.tests.soft_key import SoftKey

pytestmark = pytest.mark.django_db

SITE = passkeys.site_at("http://testserver")


@pytest.fixture
def key() -> SoftKey:
    return SoftKey()


def options_to_add(agent, challenge):
    return passkeys.options_to_add(agent, of="Acme", site=SITE, challenge=challenge)


def options_to_use(agent, challenge):
    return passkeys.options_to_use(agent, site=SITE, challenge=challenge)


def add(agent, key, name="Laptop", **lies):
    challenge = passkeys.new_challenge()
    credential = key.create(options_to_add(agent, challenge), **lies)
    return passkeys.add(agent, credential, name=name, site=SITE, challenge=challenge)


def shown(agent, key, **lies) -> bool:
    challenge = passkeys.new_challenge()
    credential = key.get(options_to_use(agent, challenge), **lies)
    return passkeys.verify(agent, credential, site=SITE, challenge=challenge)


def test_a_key_that_was_added_shows_that_it_is_them(in_acme, alice, key, clock):
    passkey, codes = add(alice, key)
    assert len(codes) == 10
    assert two_step.is_set_up(alice)
    assert shown(alice, key)
    passkey.refresh_from_db()
    assert (passkey.sign_count, passkey.used_at, passkey.transports) == (1, clock.now, ["usb"])


def test_adding_is_written_down(in_acme, alice, key):
    add(alice, key, name="Blue key")
    assert AuditEntry.objects.get(action="passkey.added").changes == {"name": ["", "Blue key"]}


LIES = {
    "on an imitation of our page": {"origin": "https://testserver.evil.example"},
    "for another site": {"host": "evil.example"},
    "for another challenge": {"challenge": passkeys.new_challenge()},
}


@pytest.mark.parametrize("lies", LIES.values(), ids=LIES.keys())
def test_a_key_made_elsewhere_is_not_added(in_acme, alice, key, lies):
    with pytest.raises(errors.PasskeyRefused):
        add(alice, key, **lies)
    assert not Passkey.objects.exists()
    assert not RecoveryCode.objects.exists()


@pytest.mark.parametrize("lies", [*LIES.values(), {"kind": "webauthn.create"}])
def test_what_was_signed_elsewhere_opens_nothing(in_acme, alice, key, lies):
    add(alice, key)
    assert not shown(alice, key, **lies)


def test_another_keys_signature_opens_nothing(in_acme, alice, key):
    add(alice, key)
    forged = SoftKey()
    assert forged.id == key.id
    assert not shown(alice, forged)


def test_a_copy_of_a_key_is_noticed_by_its_count(in_acme, alice, key):
    add(alice, key)
    assert shown(alice, key)
    assert shown(alice, key)
    key.count = 1
    assert not shown(alice, key)


def test_the_same_key_is_not_added_twice(in_acme, alice, bob, key):
    add(alice, key)
    for agent in (alice, bob):
        with pytest.raises(errors.PasskeyKnown):
            add(agent, key)


def test_keys_that_are_there_are_named_to_the_browser(in_acme, alice, key):
    add(alice, key)
    [known] = options_to_add(alice, passkeys.new_challenge())["excludeCredentials"]
    [usable] = options_to_use(alice, passkeys.new_challenge())["allowCredentials"]
    assert known["id"] == usable["id"]
    assert usable["transports"] == ["usb"]


def test_somebody_elses_key_opens_nothing(in_acme, alice, bob, key):
    add(bob, key)
    assert not shown(alice, key)


def test_a_key_of_one_company_is_nothing_in_another(acme, globex, alice, mallory, key):
    """Ids repeat: Mallory has Alice's, and the browser must keep a key for each."""
    with acme.entered():
        add(alice, key)
        ours = options_to_add(alice, passkeys.new_challenge())["user"]["id"]
    with globex.entered():
        assert not two_step.is_set_up(mallory)
        assert not shown(mallory, key)
        assert options_to_add(mallory, passkeys.new_challenge())["user"]["id"] != ours


@pytest.mark.parametrize(
    "nonsense",
    [
        "",
        "null",
        "[]",
        "{}",
        '{"id": 7}',
        '{"id": "AA"}',
        "[" * 5000,
        json.dumps({"id": "AA", "response": 1}),
    ],
)
def test_nonsense_is_refused(in_acme, alice, key, nonsense):
    add(alice, key)
    challenge = passkeys.new_challenge()
    assert not passkeys.verify(alice, nonsense, site=SITE, challenge=challenge)
    with pytest.raises(errors.PasskeyRefused):
        passkeys.add(alice, nonsense, name="x", site=SITE, challenge=challenge)


def test_a_name_can_be_changed(in_acme, alice, key):
    passkey, _ = add(alice, key, name="Lptop")
    passkeys.rename(passkey, "Laptop")
    assert Passkey.objects.get().name == "Laptop"
    assert AuditEntry.objects.get(action="passkey.renamed").changes == {"name": ["Lptop", "Laptop"]}


def test_removing_the_last_one_takes_the_recovery_codes_along(in_acme, alice, key):
    first, _ = add(alice, key)
    second, codes = add(alice, SoftKey(b"another"), name="Key")
    assert codes == []
    passkeys.remove(first)
    assert RecoveryCode.objects.count() == 10
    passkeys.remove(second)
    assert not RecoveryCode.objects.exists()
    assert AuditEntry.objects.filter(action="passkey.removed").count() == 2
