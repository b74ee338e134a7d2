import pytest

from core.realtime import limits
from core.realtime.limits import Bucket


@pytest.fixture
def clock(monkeypatch):
    class Clock:
        now = 100.0

        def monotonic(self):
            return self.now

    clock = Clock()
    monkeypatch.setattr(limits, "time", clock)
    return clock


def take_all(bucket):
    taken = 0
    while bucket.take():
        taken += 1
    return taken


def test_so_many_at_once_and_no_more(clock):
    assert take_all(Bucket(rate=20, most=5)) == 5


def test_it_fills_again_with_time(clock):
    bucket = Bucket(rate=20, most=5)
    take_all(bucket)
    clock.now += 0.15
    assert take_all(bucket) == 3


def test_it_never_holds_more_than_at_once(clock):
    bucket = Bucket(rate=20, most=5)
    clock.now += 3600
    assert take_all(bucket) == 5


def test_it_says_when_there_is_one_again(clock):
    bucket = Bucket(rate=20, most=5)
    take_all(bucket)
    assert bucket.refilled_in == pytest.approx(0.05)
    clock.now += bucket.refilled_in + 1e-6
    assert bucket.take()


def test_asking_in_vain_costs_nothing(clock):
    bucket = Bucket(rate=20, most=1)
    for _ in range(100):
        bucket.take()
    clock.now += 0.051
    assert bucket.take()
