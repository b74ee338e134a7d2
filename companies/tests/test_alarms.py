import datetime
import threading
import time

import pytest
from django.db import connection, transaction
from django.utils import timezone

from companies.models import Alarm
from companies.services import alarms
from core.tenancy import context

KIND = "test.kind"
SOON = datetime.timedelta(minutes=5)


@pytest.fixture
def rings(monkeypatch):
    """Where and with which subject an alarm of the kind rang; `rings.again_at` is when to ring again."""

    class Rings(list[tuple[str, str]]):
        again_at: datetime.datetime | None = None

        def __call__(self, subject):
            self.append((context.schema(), subject))
            return self.again_at

    rings = Rings()
    monkeypatch.setitem(alarms._handlers, KIND, rings)
    return rings


def past(**time):
    return timezone.now() - datetime.timedelta(**time)


@pytest.mark.django_db
class TestSetting:
    def test_each_subject_may_have_its_own_time_and_none_is_made_later(self, acme):
        now = timezone.now()
        alarms.set_each(acme, KIND, {"1": now + SOON, "2": now + 2 * SOON, "3": now + SOON})
        alarms.set_each(acme, KIND, {"1": now + 2 * SOON, "2": now, "4": now + SOON})
        due = dict(Alarm.objects.values_list("subject", "due_at"))
        assert due == {"1": now + SOON, "2": now, "3": now + SOON, "4": now + SOON}

    def test_one_alarm_for_each_subject(self, acme, globex):
        for company, subject in [(acme, "1"), (acme, "2"), (globex, "1"), (acme, "1")]:
            alarms.set_alarm(company, KIND, subject, timezone.now())
        assert Alarm.objects.count() == 3

    def test_an_earlier_time_wins(self, acme):
        early, late = timezone.now(), timezone.now() + SOON
        alarms.set_alarm(acme, KIND, "1", late)
        alarms.set_alarm(acme, KIND, "1", early)
        assert Alarm.objects.get().due_at == early

    def test_a_later_time_changes_nothing(self, acme):
        early, late = timezone.now(), timezone.now() + SOON
        alarms.set_alarm(acme, KIND, "1", early)
        alarms.set_alarm(acme, KIND, "1", late)
        assert Alarm.objects.get().due_at == early

    def test_it_is_set_with_what_it_watches_or_not_at_all(self, acme):
        with transaction.atomic():
            alarms.set_alarm(acme, KIND, "1", timezone.now())
            transaction.set_rollback(True)
        assert list(Alarm.objects.values_list("kind", "subject", "attempts")) == []


@pytest.mark.django_db
class TestRinging:
    def test_what_is_due_rings_inside_its_company_oldest_first(self, acme, globex, rings):
        alarms.set_alarm(acme, KIND, "7", past(seconds=1))
        alarms.set_alarm(globex, KIND, "8", past(seconds=2))
        assert alarms.ring_due() == 2
        assert rings == [(globex.schema_name, "8"), (acme.schema_name, "7")]
        assert context.schema() == "public"

    def test_what_is_not_due_does_not_ring(self, acme, rings):
        alarms.set_alarm(acme, KIND, "7", timezone.now() + SOON)
        assert alarms.ring_due() == 0
        assert Alarm.objects.count() == 1

    def test_it_rings_once(self, acme, rings):
        alarms.set_alarm(acme, KIND, "7", past(seconds=1))
        alarms.ring_due()
        alarms.ring_due()
        assert len(rings) == 1
        assert list(Alarm.objects.values_list("kind", "subject", "attempts")) == []

    def test_the_handler_may_have_it_ring_again(self, acme, rings):
        rings.again_at = timezone.now() + SOON
        alarms.set_alarm(acme, KIND, "7", past(seconds=1))
        assert alarms.ring_due() == 1
        assert Alarm.objects.get().due_at == rings.again_at

    def test_ringing_again_in_the_past_waits_for_the_next_round(self, acme, rings):
        rings.again_at = past(hours=1)
        alarms.set_alarm(acme, KIND, "7", past(seconds=1))
        assert alarms.ring_due() == 1
        assert Alarm.objects.get().due_at > timezone.now()

    def test_what_the_handler_wrote_before_it_failed_is_undone(self, acme, monkeypatch):
        def write_and_fail(subject):
            alarms.set_alarm(acme, "other.kind", subject, timezone.now() + SOON)
            raise RuntimeError

        monkeypatch.setitem(alarms._handlers, KIND, write_and_fail)
        alarms.set_alarm(acme, KIND, "7", past(seconds=1))
        alarms.ring_due()
        assert [alarm.kind for alarm in Alarm.objects.all()] == [KIND]

    @pytest.mark.parametrize("kind", ["failing.kind", "unknown.kind"])
    def test_one_that_fails_keeps_none_from_ringing_and_comes_again_later(
        self, acme, rings, monkeypatch, kind
    ):
        monkeypatch.setitem(alarms._handlers, "failing.kind", lambda subject: 1 / 0)
        alarms.set_alarm(acme, kind, "1", past(seconds=2))
        alarms.set_alarm(acme, KIND, "2", past(seconds=1))
        alarms.ring_due()
        assert rings == [(acme.schema_name, "2")]
        failed = Alarm.objects.get()
        assert (failed.kind, failed.attempts) == (kind, 1)
        assert failed.due_at > timezone.now()

    def test_each_failure_makes_the_pause_longer_up_to_an_hour(self, acme, monkeypatch):
        pauses, now = [], timezone.now()
        monkeypatch.setattr(timezone, "now", lambda: now)
        alarms.set_alarm(acme, "unknown.kind", "1", past(seconds=1))
        for _ in range(15):
            Alarm.objects.update(due_at=past(seconds=1))
            alarms.ring_due()
            pauses.append((Alarm.objects.get().due_at - now).total_seconds())
        assert pauses[:4] == [5, 10, 20, 40]
        assert pauses[-1] == 3600

    def test_after_a_success_the_pauses_begin_anew(self, acme, rings):
        alarms.set_alarm(acme, KIND, "1", past(seconds=1))
        Alarm.objects.update(attempts=5)
        rings.again_at = timezone.now() + SOON
        alarms.ring_due()
        assert Alarm.objects.get().attempts == 0


def ring_in_threads(count):
    def ring():
        alarms.ring_due()
        connection.close()

    threads = [threading.Thread(target=ring) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_two_workers_at_the_same_time_ring_each_once(committed, monkeypatch):
    rung = []

    def slowly(subject):
        rung.append(subject)
        time.sleep(0.02)

    monkeypatch.setitem(alarms._handlers, KIND, slowly)
    for number in range(20):
        alarms.set_alarm(committed.acme, KIND, str(number), past(seconds=1))
    ring_in_threads(3)
    assert sorted(rung, key=int) == [str(number) for number in range(20)]
    assert list(Alarm.objects.values_list("kind", "subject", "attempts")) == []


def test_workers_that_need_the_same_locks_in_other_orders_never_wait_in_a_circle(committed, monkeypatch):
    """Handlers take the lock of their company, and alarms come in any order."""
    failed = []

    def take_lock(subject):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [context.schema()])
        time.sleep(0.02)

    monkeypatch.setitem(alarms._handlers, KIND, take_lock)
    monkeypatch.setattr(alarms.logger, "exception", lambda *words: failed.append(words))
    for number in range(20):
        alarms.set_alarm(committed[number % 2], KIND, str(number), past(seconds=20 - number))
    ring_in_threads(3)
    assert failed == []
    assert list(Alarm.objects.values_list("kind", "subject", "attempts")) == []


def test_what_has_rung_is_done_while_the_next_one_rings(committed, monkeypatch):
    seen = []

    def look(subject):
        def count():
            seen.append(Alarm.objects.count())
            connection.close()

        thread = threading.Thread(target=count)
        thread.start()
        thread.join()

    monkeypatch.setitem(alarms._handlers, KIND, look)
    for number in range(3):
        alarms.set_alarm(committed.acme, KIND, str(number), past(seconds=10 - number))
    alarms.ring_due()
    assert seen == [3, 2, 1]


def test_a_company_that_is_being_written_to_rings_all_the_same(committed, rings):
    """A new row that points to the company locks the company's row a little."""
    alarms.set_alarm(committed.acme, KIND, "1", past(seconds=1))
    written, done = threading.Event(), threading.Event()

    def write():
        with transaction.atomic():
            alarms.set_alarm(committed.acme, KIND, "2", timezone.now() + SOON)
            written.set()
            done.wait(5)
        connection.close()

    thread = threading.Thread(target=write)
    thread.start()
    written.wait(5)
    assert alarms.ring_due() == 1
    done.set()
    thread.join()


def set_meanwhile(company, monkeypatch, answer, due_at):
    """The alarm is set anew by a transaction that commits after its handler has looked, and before it is done."""

    def look(subject):
        thread = threading.Thread(target=set_it)
        thread.start()
        thread.join(5)
        return answer()

    def set_it():
        alarms.set_alarm(company, KIND, "1", due_at)
        connection.close()

    monkeypatch.setitem(alarms._handlers, KIND, look)
    alarms.set_alarm(company, KIND, "1", past(seconds=1))
    assert alarms.ring_due() == 1


@pytest.mark.parametrize("answer", [lambda: None, lambda: timezone.now() + 2 * SOON])
def test_one_that_is_set_while_it_rings_rings_again(committed, monkeypatch, answer):
    set_meanwhile(committed.acme, monkeypatch, answer, timezone.now() + SOON)
    assert not Alarm.objects.get().is_ringing
    assert Alarm.objects.get().due_at <= timezone.now() + SOON


def test_one_that_is_set_while_it_rings_and_fails_rings_when_it_was_set_to(committed, monkeypatch):
    soon = timezone.now() + datetime.timedelta(seconds=2)
    monkeypatch.setattr(alarms.logger, "exception", lambda *words: None)
    set_meanwhile(committed.acme, monkeypatch, lambda: 1 / 0, soon)
    assert Alarm.objects.get().due_at == soon


def test_who_sets_it_under_a_lock_that_its_handler_waits_for_does_not_wait_in_a_circle(
    committed, monkeypatch
):
    """As agents who come back while the alarm of their lease rings."""
    failed, waits, has_lock = [], threading.Event(), threading.Event()

    def lock():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('test'))")

    def look(subject):
        waits.set()
        has_lock.wait(5)
        lock()

    def set_it():
        with transaction.atomic():
            lock()
            has_lock.set()
            waits.wait(5)
            alarms.set_alarm(committed.acme, KIND, "1", timezone.now() + SOON)
        connection.close()

    monkeypatch.setitem(alarms._handlers, KIND, look)
    monkeypatch.setattr(alarms.logger, "exception", lambda *words: failed.append(words))
    alarms.set_alarm(committed.acme, KIND, "1", past(seconds=1))
    thread = threading.Thread(target=set_it)
    thread.start()
    assert alarms.ring_due() == 1
    thread.join(5)
    assert failed == []
    assert Alarm.objects.get().due_at <= timezone.now() + SOON


@pytest.mark.django_db
def test_one_over_which_a_worker_died_rings_again_soon(acme, rings, monkeypatch):
    alarms.set_alarm(acme, KIND, "1", past(seconds=1))
    assert alarms._take() is not None
    assert alarms.ring_due() == 0
    later = timezone.now() + datetime.timedelta(seconds=11)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert alarms.ring_due() == 1
    assert rings == [(acme.schema_name, "1")]
    assert not Alarm.objects.exists()
