from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from companies.models import Company
from companies.services import companies, schemas


@pytest.fixture
def three(committed: Any) -> Iterator[list[Company]]:
    """Companies of the test's own, for good, by the names of their schemas; removed afterwards."""
    made = [
        companies.create(name=f"Company {number}", email="a@example.com", language="en", time_zone="UTC")
        for number in range(3)
    ]
    yield sorted(made, key=lambda company: company.schema_name)
    for company in made:
        schemas.drop(company.schema_name)
        Company.objects.filter(pk=company.pk).delete()
    connection.close()
