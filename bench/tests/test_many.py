import contextlib
import subprocess
import sys

import pytest

from bench.many import apart, rows


@pytest.fixture
def answers(monkeypatch):
    """What a measurement answers to each word, in their order."""
    told: dict[str, list[object]] = {}

    class Here:
        def ask(self, word, *numbers):
            return told[word].pop(0)

    monkeypatch.setattr(apart, "started", lambda name: contextlib.nullcontext(Here()))
    return told


def test_growth_with_companies_is_the_quotient_of_the_middles(answers):
    costs = {"1024/1": [20, 90, 22], "1024/64": [33, 30, 31], "64/1": [20], "64/64": [80]}
    answers |= {"prepare": [64], "costs": [costs]}
    found = rows.companies(quick=True)
    assert (found.row.ours, found.passes) == (1.41, True)
    assert "4.0 times" in found.row.note


def test_growth_with_history_is_the_worse_of_storing_and_reading(answers):
    medians = {"store": {"10000": 1.0, "500000": 1.2}, "read": {"10000": 2.0, "500000": 3.2}}
    answers |= {"fill": [1, 2], "medians": [medians]}
    found = rows.history(quick=True)
    assert (found.row.ours, found.passes) == (1.6, False)


@pytest.mark.parametrize(("seconds", "passes"), [(0.5, True), (0.61, False)])
def test_a_sign_up_may_not_take_long_whatever_the_quotient(answers, seconds, passes):
    answers |= {"make": [1, 30], "sign_up": [seconds] * 8}
    found = rows.create(quick=True)
    assert (found.row.ours, found.passes) == (1, passes)


def test_nothing_to_migrate_is_compared_with_django_tenants(answers):
    answers |= {"make": [30], "ours": [0.1, 0.2, 0.1, 0.05, 0.1] * 2, "reference": [4.0]}
    found = rows.migrate(quick=True)
    assert (found.row.ours, found.row.reference, found.row.ratio, found.passes) == (100, 4000, 40, False)


def test_a_measurement_that_dies_is_told(tmp_path):
    command = [sys.executable, "-c", "input(); raise SystemExit(3)"]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with pytest.raises(RuntimeError, match="ended with 3"):
        apart.Apart(child).ask("anything", 1)
