"""How long a sign-up takes until the company can be used."""

import itertools
import time

from bench.many import inside

_numbers = itertools.count(1)


def sign_up() -> float:
    """Seconds for the service that the sign-up page calls, committed, and the first look at the new company."""
    from django.conf import settings
    from django.utils.crypto import get_random_string

    from accounts.models import Agent
    from accounts.services import sign_up as signing_up

    number = next(_numbers)
    password = get_random_string(16)
    began = time.perf_counter()
    company, _ = signing_up.open_company(
        company_name=f"Company {number}",
        name="Alice",
        agent_id="alice",
        email="alice@example.com",
        password=password,
        language="en",
        time_zone=settings.TIME_ZONE,
    )
    with company.entered():
        Agent.objects.get(agent_id="alice")
    return time.perf_counter() - began


if __name__ == "__main__":
    inside.answer({"make": inside.make_companies, "sign_up": sign_up})
