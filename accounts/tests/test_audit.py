import pytest
from django.db import DatabaseError, connection, transaction

from accounts import acting
from accounts.models import AuditEntry
from accounts.services import audit


def test_an_entry_says_who_did_what_to_whom_and_from_where(in_acme, alice, bob):
    with acting.acting(acting.agent(alice, "203.0.113.7")):
        audit.record("agent.edited", bob, {"name": ["Rob", "Bob"]}, note="as asked")
    entry = AuditEntry.objects.latest("pk")
    assert (entry.by_kind, entry.by_pk, entry.by_name, entry.address) == (
        "agent", alice.pk, "Alice", "203.0.113.7",
    )  # fmt: skip
    assert (entry.action, entry.subject_kind, entry.subject_pk) == ("agent.edited", "agent", str(bob.pk))
    assert (entry.subject_name, entry.changes, entry.note) == ("Bob", {"name": ["Rob", "Bob"]}, "as asked")


def test_what_nobody_does_the_system_does(in_acme):
    audit.record("plan.ended")
    assert AuditEntry.objects.latest("pk").by_kind == "system"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_auditentry SET note = 'nothing happened'",
        "DELETE FROM accounts_auditentry",
        "TRUNCATE accounts_auditentry",
    ],
)
def test_the_database_refuses_to_change_or_remove_an_entry(in_acme, statement):
    audit.record("plan.ended")
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert AuditEntry.objects.filter(action="plan.ended", note="").count() == 1


def test_what_is_different_is_applied_and_told(in_acme, bob):
    changes = audit.apply(bob, name="Robert", email=bob.email, granted=["monitor", "export"])
    assert changes == {"name": ["Bob", "Robert"], "granted": [[], ["export", "monitor"]]}
    assert bob.name == "Robert"
