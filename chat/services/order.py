"""One change of presence, or telling of it, after another in each company: what is told last is true."""

from django.db import connection

from companies.models import Company
from core.tenancy import context


def in_order() -> None:
    """Wait for one's turn, which lasts until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"{context.schema()}:presence"])


def company() -> Company:
    company = context.place().tenant
    if not isinstance(company, Company):
        raise RuntimeError("Presence is changed inside a company.")
    return company
