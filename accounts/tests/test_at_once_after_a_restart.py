"""A page's connection outlives the database that it was made to."""

import psycopg
from django.db import connection

from accounts.models import Agent
from accounts.testing import Browser


def test_who_was_there_before_the_database_restarted_notices_nothing(committed):
    workspace = f"/c/{committed.acme.company_id}/workspace/"
    with committed.acme.entered():
        bob = Agent.objects.get(agent_id="bob")
    browser = Browser().enter(committed.acme, bob)
    assert browser.get(workspace).status_code == 200
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (process,) = cursor.fetchone()
    said = connection.connection.info
    with psycopg.connect(said.dsn, password=said.password) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [process])
    assert browser.get(workspace).status_code == 200
