"""Two tabs, or a thief and the owner, with one code at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pyotp
import pytest
from django.db import connection
from django.utils import timezone

from accounts import sealing
from accounts.models import Agent, Totp
from accounts.services import recovery_codes, two_step


@pytest.fixture
def alice(committed):
    with committed.acme.entered():
        yield Agent.objects.get(agent_id="alice")


def test_of_two_with_one_code_of_an_app_one_is_too_late(committed, alice):
    secret = pyotp.random_base32()
    Totp.objects.create(agent=alice, secret=sealing.seal(secret), confirmed_at=timezone.now())
    assert together(committed.acme, alice, pyotp.TOTP(secret).now()) == ["None", "totp"]


def test_of_two_with_one_recovery_code_one_is_too_late(committed, alice):
    [code, *_] = recovery_codes.make_first(alice)
    assert together(committed.acme, alice, code) == ["None", "recovery_code"]


def together(company, agent, code):
    start = Barrier(2, timeout=10)

    def show(_):
        try:
            with company.entered():
                start.wait()
                return str(two_step.verify(agent, code))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(show, range(2)))
