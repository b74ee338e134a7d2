import pytest
from django.core.cache import cache
from django.test import Client


@pytest.mark.django_db
def test_says_ok_once_database_and_valkey_answer():
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_is_not_ok_while_valkey_is_away(monkeypatch):
    def away(*args, **kwargs):
        raise ConnectionError

    monkeypatch.setattr(cache, "get", away)
    answer = Client(raise_request_exception=False).get("/healthz")
    assert answer.status_code == 500
