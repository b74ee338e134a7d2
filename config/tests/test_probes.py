"""What machines ask: it must be answered before Django, and say what is missing."""

import json
import threading
import time

import pytest
import redis
from django import db

from companies.services import migrations
from config import edge, proxies, readiness
from core.realtime import roster


def ask(path, address="203.0.113.9", **environ):
    """As a load balancer does: by address, without a name of ours and without HTTPS."""
    said = []

    def start(status, headers):
        said.append(int(status[:3]))

    environ = {"REMOTE_ADDR": address, "PATH_INFO": path, "HTTP_HOST": "10.0.0.7:8000", **environ}
    body = b"".join(edge.wsgi(lambda environ, start: [b"Django"])(environ, start))
    return next(iter(said), None), body.decode()


def missing():
    status, body = ask("/readyz")
    assert status == 503
    return json.loads(body)["missing"]


@pytest.fixture
def _not_asked_yet(monkeypatch):
    monkeypatch.setattr(readiness, "_is_migrated", threading.Event())


def test_it_lives_whatever_else_does_not(monkeypatch):
    monkeypatch.setattr(readiness, "missing", lambda: pytest.fail("nobody was to be asked"))
    assert ask("/healthz") == (200, '{"status": "ok"}\n')


@pytest.mark.django_db
def test_it_is_ready_once_all_is_there():
    assert ask("/readyz") == (200, '{"status": "ready", "missing": []}\n')


@pytest.mark.django_db
def test_it_is_not_ready_while_valkey_is_away(monkeypatch):
    def away(self, **options):
        raise redis.ConnectionError

    monkeypatch.setattr(redis.Redis, "ping", away)
    assert missing() == ["Valkey does not answer."]


@pytest.mark.django_db
def test_it_is_not_ready_while_the_database_is_away(monkeypatch):
    def away(*arguments):
        raise db.OperationalError

    monkeypatch.setattr(db.connection, "cursor", away)
    assert missing() == ["The database does not answer."]


@pytest.mark.django_db
@pytest.mark.usefixtures("_not_asked_yet")
def test_it_is_not_ready_before_the_migrations(monkeypatch):
    monkeypatch.setattr(migrations, "public_behind", lambda: True)
    assert missing() == ["The database is not migrated: run manage.py migrate_companies."]


def test_it_is_not_ready_while_it_ends(monkeypatch):
    monkeypatch.setattr(roster, "is_moving", True)
    assert missing() == ["This process is ending: its sockets move to another one."]


def test_one_check_that_hangs_keeps_no_more_threads(monkeypatch):
    monkeypatch.setattr(readiness, "_PATIENCE", 0.05)
    with readiness._asking:
        assert missing() == ["The stores have not answered for some seconds."]


class Clock:
    """Knows when eight have come: each asks it for the time first, and who asks the stores once more."""

    def __init__(self):
        self.asked, self.all_have_come = [], threading.Event()

    def monotonic(self):
        self.asked.append(time.monotonic())
        if len(self.asked) == 8 + 1:
            self.all_have_come.set()
        return self.asked[-1]


def test_a_crowd_that_asks_asks_the_stores_twice_at_most(monkeypatch):
    asked, go_on = [], threading.Event()

    def slowly():
        asked.append(1)
        go_on.wait(5)
        return ""

    monkeypatch.setattr(readiness, "_database", slowly)
    monkeypatch.setattr(readiness, "_valkey", lambda: "")
    clock = Clock()
    monkeypatch.setattr(readiness, "time", clock)
    crowd = [threading.Thread(target=readiness.missing) for _ in range(8)]
    for one in crowd:
        one.start()
    assert clock.all_have_come.wait(15)
    go_on.set()
    for one in crowd:
        one.join(5)
    # Who came while it was under way may not be told what was true before they came.
    assert len(asked) == 2
    readiness.missing()
    assert len(asked) == 3


def test_other_paths_are_djangos():
    assert ask("/healthz/") == (None, "Django")


def test_metrics_are_closed_unless_opened(settings):
    settings.METRICS_TOKEN, settings.METRICS_NETWORKS = "", ()
    for authorization in ("", "Bearer ", "Bearer x"):
        assert ask("/metrics", HTTP_AUTHORIZATION=authorization)[0] == 404


def test_metrics_are_open_to_networks_that_are_named(settings):
    settings.METRICS_NETWORKS = proxies.networks(["203.0.113.0/24"])
    status, body = ask("/metrics")
    assert status == 200
    assert "process_resident_memory_bytes" in body
    assert ask("/metrics", address="198.51.100.7")[0] == 404
