"""Several connections at the same moment."""

import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from companies import errors
from companies.models import Suggestion
from companies.services import suggestions


def test_of_many_at_once_no_more_than_a_days_are_taken(committed, monkeypatch):
    monkeypatch.setattr(suggestions, "MOST_A_DAY", 2)
    ready = threading.Barrier(8)

    def submit(text):
        connection.ensure_connection()
        ready.wait()
        try:
            suggestions.submit(
                committed.acme, agent_pk=7, agent_name="Bob", kind="question", text=text, language="en"
            )
        except errors.TooManySuggestions:
            return False
        finally:
            connection.close()
        return True

    try:
        with ThreadPoolExecutor(8) as pool:
            done = list(pool.map(submit, "abcdefgh"))
        assert sum(done) == Suggestion.objects.of(committed.acme, 7).count() == 2
    finally:
        Suggestion.objects.all().delete()
