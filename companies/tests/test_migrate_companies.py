import io
import os
import signal
import subprocess
import sys
import threading
import time

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from companies.errors import AlreadyMigrating
from companies.models import SchemaUpdate
from companies.services import schema_updates

State = SchemaUpdate.State


def migrate(**options):
    said = io.StringIO()
    try:
        call_command("migrate_companies", stdout=said, **options)
    except CommandError as error:
        return said.getvalue(), str(error)
    return said.getvalue(), ""


def execute(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def set_back(company, *, keep_table=False):
    """As if the company had no sessions yet; with the table kept, migrating it fails."""
    execute(f"DELETE FROM {company.schema_name}.django_migrations WHERE app = 'sessions'")
    if not keep_table:
        execute(f"DROP TABLE {company.schema_name}.django_session")


def has_sessions(company):
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [f"{company.schema_name}.django_session"])
        return cursor.fetchone()[0] is not None


def states():
    return {
        update.company.schema_name: update.state for update in SchemaUpdate.objects.select_related("company")
    }


def test_where_all_are_up_to_date_it_says_so(three):
    assert migrate() == ("All schemas are up to date.\n", "")
    assert states() == {}


@pytest.mark.parametrize("parallel", [1, 3])
def test_those_that_are_behind_are_migrated_and_recorded(three, parallel):
    for company in three[:2]:
        set_back(company)
    said, error = migrate(parallel=parallel)
    assert error == ""
    assert said.splitlines()[-1] == "2 companies migrated, 0 failed."
    assert all(has_sessions(company) for company in three)
    assert states() == {company.schema_name: State.DONE for company in three[:2]}
    update = SchemaUpdate.objects.get(company=three[0])
    assert (update.began_from, update.leads_to) == ("", "sessions 0001_initial")
    assert update.finished_at is not None
    assert update.started_at < update.finished_at
    assert migrate()[0] == "All schemas are up to date.\n"


def test_one_companys_failure_stops_no_other(three):
    set_back(three[0], keep_table=True)
    set_back(three[1])
    set_back(three[2])
    said, error = migrate(parallel=1)
    assert "2 companies migrated, 1 failed." in said
    assert error.startswith("Mend what failed and run this again")
    assert states() == {
        three[0].schema_name: State.FAILED,
        three[1].schema_name: State.DONE,
        three[2].schema_name: State.DONE,
    }
    assert '"django_session" already exists' in SchemaUpdate.objects.get(company=three[0]).error


def test_what_failed_is_tried_again_and_then_recorded_as_done(three):
    set_back(three[0], keep_table=True)
    assert migrate()[1]
    execute(f"DROP TABLE {three[0].schema_name}.django_session")
    assert migrate()[1] == ""
    update = SchemaUpdate.objects.get(company=three[0])
    assert (update.state, update.error) == (State.DONE, "")


@pytest.mark.parametrize(
    ("option", "words"), [("check", "1 migrations behind"), ("plan", "sessions 0001_initial")]
)
def test_check_and_plan_only_say_who_is_behind(three, option, words):
    set_back(three[1])
    said, error = migrate(**{option: True})
    assert said == f"{three[1].schema_name}: {words}\n"
    assert error == ("1 schemas are behind." if option == "check" else "")
    assert not has_sessions(three[1])
    assert states() == {}


def test_check_passes_where_nobody_is_behind(three):
    assert migrate(check=True) == ("All schemas are up to date.\n", "")


@pytest.mark.parametrize("parallel", [0, 11])
def test_a_number_that_makes_no_sense_is_refused(three, parallel):
    assert migrate(parallel=parallel)[1] == "--parallel must be between 1 and 10."


def test_two_runs_do_not_collide(three):
    set_back(three[0])
    with schema_updates.alone():
        said, error = migrate()
    assert (said, error) == ("", AlreadyMigrating().message)
    assert not has_sessions(three[0])
    assert migrate()[1] == ""


def test_many_are_migrated_at_the_same_time_but_no_more_than_allowed(three, monkeypatch):
    for company in three:
        set_back(company)
    meet, most = threading.Barrier(2, timeout=10), []

    def attempt(schema):
        most.append(threading.active_count())
        if len(most) <= 2:
            meet.wait()
        return ""

    before = threading.active_count()
    monkeypatch.setattr(schema_updates, "_attempt", attempt)
    migrate(parallel=2)
    assert max(most) <= before + 2


def test_what_a_killed_run_left_is_told_from_what_it_did(three):
    now = timezone.now()
    for company in three[:2]:
        SchemaUpdate.objects.create(company=company, state=State.RUNNING, started_at=now)
    set_back(three[0], keep_table=True)
    migrate()
    assert states() == {three[0].schema_name: State.FAILED, three[1].schema_name: State.DONE}


# Migrates as the command does, but stops for good in the middle of the second company.
KILLED = """
import django
django.setup()
import time
from django.core.management import call_command
from companies.services import schema_updates
attempt, seen = schema_updates._attempt, []
def slow(schema):
    seen.append(schema)
    if len(seen) == 2:
        print("in the middle", flush=True)
        time.sleep(60)
    return attempt(schema)
schema_updates._attempt = slow
call_command("migrate_companies", parallel=1)
"""


def test_killed_in_the_middle_it_is_taken_up_by_the_next_run(three):
    for company in three:
        set_back(company)
    connection.close()
    parts = connection.settings_dict
    script = f"import os; from django.conf import settings\n{KILLED}".replace(
        "import django\n", f"import django; settings.DATABASES['default']['NAME'] = {parts['NAME']!r}\n"
    )
    child = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert child.stdout
    try:
        assert any("in the middle" in line for line in child.stdout)
        assert migrate()[1] == AlreadyMigrating().message
    finally:
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
    assert [has_sessions(company) for company in three] == [True, False, False]
    assert states()[three[1].schema_name] == State.RUNNING
    said = _once_free()
    assert said.splitlines()[-1] == "2 companies migrated, 0 failed."
    assert set(states().values()) == {State.DONE}
    assert all(has_sessions(company) for company in three)


def _once_free():
    """The database notices that a client is gone when it next writes to it."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        said, error = migrate()
        if not error:
            return said
        time.sleep(0.1)
    raise AssertionError(error)
