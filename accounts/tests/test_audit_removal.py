import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts import acting
from accounts.models import AuditEntry
from accounts.services import audit, audit_removal


@pytest.fixture
def log(in_acme, alice, bob):
    """An entry of a year ago and one of today, both by Alice about Bob."""
    with acting.acting(acting.agent(alice, "203.0.113.7")):
        audit.record("agent.disabled", bob, {"name": ["Rob", "Bob"]}, note="Bob left")
        audit.record("agent.disabled", bob)
    year_ago = timezone.now() - datetime.timedelta(days=365)
    old = AuditEntry.objects.filter(note="Bob left").get()
    audit_removal._open_guard()
    AuditEntry.objects.filter(pk=old.pk).update(at=year_ago)
    audit_removal._close_guard()


def test_what_is_too_old_goes_and_that_is_an_entry(log):
    assert audit_removal.shorten(timezone.now() - datetime.timedelta(days=30)) == 1
    newest = AuditEntry.objects.latest("pk")
    assert newest.action == "audit_log.shortened"
    assert newest.note.startswith("1 < ")
    assert not AuditEntry.objects.filter(note="Bob left").exists()


def test_a_person_is_taken_out_and_what_they_did_stays(log, alice, bob):
    audit_removal.forget(bob)
    about = AuditEntry.objects.filter(action="agent.disabled")
    assert {(one.subject_name, one.note, str(one.changes)) for one in about} == {("–", "", "{}")}
    audit_removal.forget(alice)
    assert {(one.by_name, one.address, one.by_pk) for one in about.all()} == {("–", None, alice.pk)}


def test_afterwards_the_log_is_closed_again(log):
    audit_removal.shorten(timezone.now())
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEntry.objects.all().delete()


def test_the_operator_does_both_by_command(log, acme):
    said = StringIO()
    call_command("audit_log", "shorten", str(acme.company_id), "2000-01-01", stdout=said)
    call_command("audit_log", "forget", str(acme.company_id), "bob", stdout=said)
    assert said.getvalue() == "0 entries removed.\nbob was taken out of 2 entries.\n"


@pytest.mark.parametrize("wrong", [["forget", "{acme}", "nobody"], ["shorten", "10000000", "2000-01-01"]])
def test_whoever_is_not_there_is_told(log, acme, wrong):
    with pytest.raises(CommandError, match="no"):
        call_command("audit_log", *[word.format(acme=acme.company_id) for word in wrong])


def test_another_company_s_log_stays(log, globex):
    with globex.entered():
        before = AuditEntry.objects.count()
    audit_removal.shorten(timezone.now())
    with globex.entered():
        assert AuditEntry.objects.count() == before
