import datetime

import pyotp
import pytest
from django.utils import timezone

from accounts import errors, sealing
from accounts.models import AuditEntry, RecoveryCode, Totp
from accounts.services import recovery_codes, two_step

pytestmark = pytest.mark.django_db

#: The secret of RFC 6238's appendix B, and what it gives at the seconds named there (the last six figures).
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
RFC_CODES = {
    59: "287082",
    1111111109: "081804",
    1111111111: "050471",
    1234567890: "005924",
    2000000000: "279037",
    20000000000: "353130",
}


@pytest.fixture
def set_clock(clock):
    def to(seconds: float) -> None:
        clock.now = datetime.datetime.fromtimestamp(seconds, tz=datetime.UTC)

    return to


def make_app(agent, secret=RFC_SECRET) -> Totp:
    return Totp.objects.create(
        agent=agent, secret=sealing.seal(secret), confirmed_at=timezone.now(), last_period=0
    )


@pytest.mark.parametrize(("seconds", "code"), RFC_CODES.items())
def test_takes_the_codes_that_the_standard_names(in_acme, alice, set_clock, seconds, code):
    set_clock(seconds)
    make_app(alice)
    assert two_step.verify(alice, code) == "totp"


@pytest.mark.parametrize("drift", [-30, 30])
def test_a_clock_may_be_wrong_by_half_a_minute(in_acme, alice, set_clock, drift):
    make_app(alice)
    set_clock(1111111111 + drift)
    assert two_step.verify(alice, "050471") == "totp"


@pytest.mark.parametrize("drift", [-61, 61])
def test_but_not_by_more(in_acme, alice, set_clock, drift):
    make_app(alice)
    set_clock(1111111111 + drift)
    assert two_step.verify(alice, "050471") is None


def test_a_code_is_good_once(in_acme, alice, set_clock):
    make_app(alice)
    set_clock(1234567890)
    assert two_step.verify(alice, "005924")
    assert two_step.verify(alice, "005924") is None


def test_after_a_code_an_earlier_one_is_too_late(in_acme, alice, set_clock):
    make_app(alice)
    app = pyotp.TOTP(RFC_SECRET)
    set_clock(1234567890)
    assert two_step.verify(alice, app.at(1234567890))
    assert two_step.verify(alice, app.at(1234567860)) is None
    assert two_step.verify(alice, app.at(1234567920)) == "totp"


def test_the_code_that_confirmed_it_opens_nothing(in_acme, alice, clock):
    secret = two_step.begin(alice)
    code = pyotp.TOTP(secret).at(clock.now)
    two_step.confirm(alice, code)
    assert two_step.verify(alice, code) is None


def test_it_does_not_count_before_its_first_code(in_acme, alice, clock):
    secret = two_step.begin(alice)
    assert not two_step.is_set_up(alice)
    assert two_step.verify(alice, pyotp.TOTP(secret).at(clock.now)) is None


def test_a_wrong_first_code_confirms_nothing(in_acme, alice, clock):
    secret = two_step.begin(alice)
    wrong = f"{(int(pyotp.TOTP(secret).at(clock.now)) + 1) % 1_000_000:06}"
    with pytest.raises(errors.FirstCodeWrong):
        two_step.confirm(alice, wrong)
    assert not two_step.is_set_up(alice)
    assert two_step.pending(alice) == secret


def test_setting_it_up_is_written_down_and_brings_recovery_codes(in_acme, alice, clock):
    codes = two_step.confirm(alice, pyotp.TOTP(two_step.begin(alice)).at(clock.now))
    assert len(set(codes)) == recovery_codes.HOW_MANY
    assert two_step.is_set_up(alice)
    assert AuditEntry.objects.filter(action="two_step.enabled").count() == 1


def test_beginning_again_makes_another_secret(in_acme, alice):
    assert two_step.begin(alice) != two_step.begin(alice)


def test_one_that_counts_is_not_replaced(in_acme, alice):
    make_app(alice)
    with pytest.raises(errors.AppSetUpAlready):
        two_step.begin(alice)


def test_the_database_holds_no_secret(in_acme, alice):
    secret = two_step.begin(alice)
    assert secret.encode() not in bytes(Totp.objects.get().secret)
    assert sealing.open_sealed(Totp.objects.get().secret) == secret


def test_under_another_secret_of_the_installation_no_code_counts(in_acme, alice, set_clock, settings):
    make_app(alice)
    set_clock(1234567890)
    earlier, settings.SECRET_KEY = settings.SECRET_KEY, "another" * 9
    assert two_step.verify(alice, "005924") is None
    settings.SECRET_KEY_FALLBACKS = [earlier]
    assert two_step.verify(alice, "005924") == "totp"


def test_the_app_is_told_who_and_where(in_acme, alice):
    uri = two_step.uri(alice, RFC_SECRET, of="Acme & Söhne")
    assert uri.startswith("otpauth://totp/Parley:alice")
    assert pyotp.parse_uri(uri).secret == RFC_SECRET


def test_somebody_elses_code_is_of_no_use(in_acme, alice, bob, set_clock):
    make_app(alice)
    set_clock(1234567890)
    assert two_step.verify(bob, "005924") is None


def test_in_another_company_it_does_not_exist(acme, globex, alice, mallory, set_clock):
    """Ids repeat: Mallory has Alice's."""
    with acme.entered():
        make_app(alice)
    set_clock(1234567890)
    with globex.entered():
        assert mallory.pk == alice.pk
        assert not two_step.is_set_up(mallory)
        assert two_step.verify(mallory, "005924") is None


def test_removing_it_takes_the_recovery_codes_along(in_acme, alice, clock):
    two_step.confirm(alice, pyotp.TOTP(two_step.begin(alice)).at(clock.now))
    two_step.remove_app(alice)
    assert not two_step.is_set_up(alice)
    assert not RecoveryCode.objects.exists()
    assert AuditEntry.objects.filter(action="two_step.disabled").count() == 1


def test_failures_are_slowed_down_and_locked(in_acme, alice, clock):
    make_app(alice)
    told = []
    for _ in range(10):
        clock.move(minutes=4)
        with pytest.raises((errors.CodeWrong, errors.CodeWrongAgain, errors.Locked)) as raised:
            two_step.attempt(alice, "000000", account="1/alice", address="192.0.2.1")
        told.append(type(raised.value))
    assert told == [errors.CodeWrong] * 2 + [errors.CodeWrongAgain] * 7 + [errors.Locked]


def test_a_right_code_is_not_looked_at_while_it_is_locked(in_acme, alice, set_clock):
    set_clock(1234567890)
    make_app(alice)
    for _ in range(3):
        with pytest.raises((errors.CodeWrong, errors.CodeWrongAgain)):
            two_step.attempt(alice, "000000", account="1/alice", address="192.0.2.1")
    with pytest.raises(errors.SlowedDown):
        two_step.attempt(alice, "005924", account="1/alice", address="192.0.2.1")
