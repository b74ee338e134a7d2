import pytest

from accounts.models import AuditEntry, RecoveryCode
from accounts.services import recovery_codes, two_step

pytestmark = pytest.mark.django_db


def test_each_is_good_once(in_acme, alice):
    [first, second, *_] = recovery_codes.renew(alice)
    assert two_step.verify(alice, first) == "recovery_code"
    assert two_step.verify(alice, first) is None
    assert two_step.verify(alice, second) == "recovery_code"
    assert recovery_codes.left(alice) == 8


@pytest.mark.parametrize("typed", ["{}", " {} ", "{}".replace("-", "")])
def test_how_it_is_grouped_does_not_matter(in_acme, alice, typed):
    [code, *_] = recovery_codes.renew(alice)
    assert two_step.verify(alice, typed.format(code.replace("-", " ")))


def test_are_told_in_groups_of_four_figures(in_acme, alice):
    codes = recovery_codes.renew(alice)
    assert len(set(codes)) == 10
    assert {len(code) for code in codes} == {14}
    assert {code.count("-") for code in codes} == {2}


def test_new_ones_replace_the_old(in_acme, alice):
    [old, *_] = recovery_codes.renew(alice)
    recovery_codes.renew(alice)
    assert two_step.verify(alice, old) is None
    assert RecoveryCode.objects.count() == 10
    assert AuditEntry.objects.filter(action="recovery_codes.renewed").count() == 2


def test_first_ones_are_made_only_where_none_are_left(in_acme, alice):
    assert len(recovery_codes.make_first(alice)) == 10
    assert recovery_codes.make_first(alice) == []


def test_the_database_holds_none_of_them(in_acme, alice):
    codes = recovery_codes.renew(alice)
    kept = " ".join(RecoveryCode.objects.values_list("code_hash", flat=True))
    assert not [code for code in codes if code in kept or code.replace("-", "") in kept]


def test_somebody_elses_are_of_no_use(in_acme, alice, bob):
    [code, *_] = recovery_codes.renew(alice)
    assert two_step.verify(bob, code) is None


def test_in_another_company_they_do_not_exist(acme, globex, alice, mallory):
    with acme.entered():
        [code, *_] = recovery_codes.renew(alice)
    with globex.entered():
        assert two_step.verify(mallory, code) is None


@pytest.mark.parametrize("typed", ["", "0", "１２３", "abcdef", "0" * 5000, "\ud800", "\x00"])
def test_nonsense_is_no_code(in_acme, alice, typed):
    recovery_codes.renew(alice)
    assert two_step.verify(alice, typed) is None
