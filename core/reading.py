"""Statements that read, and no others: the database itself refuses the rest."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def only() -> Iterator[None]:
    """Whatever inside would write raises; nothing of it stays, nor is anything announced."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
        yield
        transaction.set_rollback(True)
