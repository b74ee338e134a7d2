import datetime
import threading
import time

import pytest
from django.core import mail
from django.core.mail.backends import locmem
from django.db import connection
from django.utils import timezone
from kombu.exceptions import OperationalError

from companies import tasks
from companies.models import Delivery
from companies.services import deliveries


def post(company, key="mail-1", **facts):
    given = {"to": "alice@acme.example", "subject": "Hello", "text": "Words"} | facts
    return deliveries.post_mail(company, key=key, **given)


@pytest.fixture
def broken(monkeypatch):
    """No mail gets out."""

    def send(*args):
        raise ConnectionRefusedError("nobody there")

    monkeypatch.setattr(locmem.EmailBackend, "send_messages", send)


@pytest.fixture
def clock(monkeypatch):
    class Clock:
        # Ahead of the database's own defaults.
        now = timezone.now() + datetime.timedelta(minutes=1)

        def move(self, **time):
            self.now += datetime.timedelta(**time)

    clock = Clock()
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock


@pytest.mark.django_db
class TestPosting:
    def test_it_is_a_row_first_and_sent_after_the_commit(self, acme, commit, mailoutbox):
        with commit():
            delivery = post(acme)
            assert (delivery.state, mailoutbox) == ("pending", [])
        delivery.refresh_from_db()
        assert (delivery.state, delivery.attempts) == ("sent", 1)
        assert [(one.to, one.subject, one.body) for one in mailoutbox] == [
            (["alice@acme.example"], "Hello", "Words")
        ]

    def test_the_same_key_twice_is_one_mail(self, acme, commit, mailoutbox):
        with commit():
            assert post(acme) == post(acme, subject="Again")
        assert [one.subject for one in mailoutbox] == ["Hello"]

    def test_while_the_broker_is_away_it_waits_for_the_sweep(self, acme, commit, mailoutbox, monkeypatch):
        def away(*args):
            raise OperationalError

        with monkeypatch.context() as patched:
            patched.setattr(tasks.send_delivery, "delay", away)
            with commit():
                post(acme)
        assert mailoutbox == []
        assert deliveries.sweep() == 1
        assert len(mailoutbox) == 1
        assert deliveries.sweep() == 0


@pytest.mark.django_db
class TestFailing:
    def test_it_is_noted_and_tried_again_after_a_pause(self, acme, commit, broken, clock):
        with commit():
            delivery = post(acme)
        delivery.refresh_from_db()
        assert (delivery.state, delivery.attempts) == ("pending", 1)
        assert delivery.last_error == "ConnectionRefusedError: nobody there"
        assert delivery.next_attempt_at == clock.now + datetime.timedelta(seconds=60)

    def test_before_the_pause_is_over_nobody_tries(self, acme, commit, broken, clock):
        with commit():
            delivery = post(acme)
        deliveries.send(delivery.pk)
        assert deliveries.sweep() == 0
        delivery.refresh_from_db()
        assert delivery.attempts == 1

    def test_pauses_grow_and_after_eight_attempts_it_has_failed(self, acme, commit, broken, clock):
        with commit():
            delivery = post(acme)
        pauses = []
        while delivery.state == "pending":
            delivery.refresh_from_db()
            pauses.append((delivery.next_attempt_at - clock.now).total_seconds())
            clock.now = delivery.next_attempt_at
            deliveries.sweep()
        assert (delivery.state, delivery.attempts) == ("failed", 8)
        assert pauses[:7] == [60, 120, 240, 480, 960, 1920, 3840]
        clock.move(days=30)
        assert deliveries.sweep() == 0

    def test_once_the_mail_gets_out_it_is_sent_under_its_first_name(
        self, acme, commit, clock, mailoutbox, monkeypatch
    ):
        names: list[str] = []

        def note(backend, messages):
            names.extend(message.extra_headers["Message-ID"] for message in messages)
            raise ConnectionRefusedError

        with monkeypatch.context() as patched, commit():
            patched.setattr(locmem.EmailBackend, "send_messages", note)
            post(acme)
        clock.move(hours=1)
        deliveries.sweep()
        assert [one.extra_headers["Message-ID"] for one in mailoutbox] == names
        assert Delivery.objects.get(key="mail-1").last_error == ""

    def test_one_whose_worker_died_is_due_again_after_two_minutes(
        self, acme, commit, clock, mailoutbox, monkeypatch
    ):
        def die(*args):
            raise SystemExit

        delivery = post(acme)
        with monkeypatch.context() as patched:
            patched.setattr(locmem.EmailBackend, "send_messages", die)
            with pytest.raises(SystemExit):
                deliveries.send(delivery.pk)
        assert deliveries.sweep() == 0
        clock.move(minutes=2)
        assert deliveries.sweep() == 1
        assert len(mailoutbox) == 1


def test_two_tasks_at_the_same_time_send_it_once(committed, mailoutbox, monkeypatch):
    send = locmem.EmailBackend.send_messages

    def slowly(*args):
        time.sleep(0.1)
        return send(*args)

    monkeypatch.setattr(locmem.EmailBackend, "send_messages", slowly)
    monkeypatch.setattr(tasks.send_delivery, "delay", lambda delivery_id: None)
    delivery = post(committed.acme)

    def work():
        deliveries.send(delivery.pk)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(mail.outbox) == 1
    assert Delivery.objects.get(key="mail-1").attempts == 1


@pytest.mark.django_db
def test_sending_what_is_not_there_harms_nothing():
    deliveries.send(999)
