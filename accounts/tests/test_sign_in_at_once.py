from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from accounts import errors
from accounts.services import sign_in_failures


def test_of_twenty_at_the_same_moment_three_are_looked_at(committed):
    """Counting after looking would let them all pass as the first."""
    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(attempt, range(20))) == 3


def attempt(_: int) -> bool:
    try:
        sign_in_failures.count("12345678/rushed", "192.0.2.99")
    except errors.SlowedDown:
        return False
    finally:
        connection.close()
    return True
