"""The rows of growth: each measurement asked several times, in turn, and told as one figure."""

import statistics
import time
from typing import Any

from bench import processor
from bench.many import apart, companies_growth
from bench.report import Finding, row

ROUNDS = 5
MANY = 300
#: Seconds that a sign-up may take, with the hash of its password.
LONGEST_SIGN_UP = 0.6
SHORT, LONG = 10_000, 5_000_000


def companies(quick: bool) -> Finding:
    rounds, batches = (3, 5) if quick else (15, 15)
    with apart.started("companies_growth") as here:
        here.ask("prepare")
        began, before = time.monotonic(), processor.whole_machine()
        costs = here.ask("costs", rounds, batches)
        busy = apart.busy(before, time.monotonic() - began)
    middle = {name: statistics.median(found) for name, found in costs.items()}
    span, full, small = companies_growth.COMPANIES, companies_growth.FULL, companies_growth.SMALL
    many, one = middle[f"{full}/{span}"], middle[f"{full}/1"]
    few_many, few_one = middle[f"{small}/{span}"], middle[f"{small}/1"]
    note = "; ".join(
        [
            f"full batches of {full} messages, each in a conversation of its own, medians of {rounds} rounds",
            f"{many:.1f} us a message over {span} companies, {one:.1f} over one",
            f"in batches of {small}, where over {span} companies each message is alone in its company, "
            f"{few_many:.1f} and {few_one:.1f} us: {few_many / few_one:.1f} times",
            f"writer and PostgreSQL, durable; {busy}",
        ]
    )
    return Finding(row("companies_growth", many / one, None, "times", note))


def history(quick: bool) -> Finding:
    long, times, rounds = (LONG // 10, 100, 1) if quick else (LONG, 300, ROUNDS)
    with apart.started("history_growth") as here:
        sizes = [here.ask("fill", messages) for messages in (SHORT, long)]
        began, before = time.monotonic(), processor.whole_machine()
        found = [here.ask("medians", times) for _ in range(rounds)]
        busy = apart.busy(before, time.monotonic() - began)
    store, read = (_growth(found, deed, SHORT, long) for deed in ("store", "read"))
    note = "; ".join(
        [
            f"{long:,} messages ({sizes[1] / 1e6:,.0f} MB) beside {SHORT:,}, the larger of two quotients of "
            f"p50, median of {rounds} rounds of {times} in turn",
            f"to store one {store[0]:.2f} times ({store[1]:.2f} ms beside {store[2]:.2f})",
            f"to read the last 50 {read[0]:.2f} times ({read[1]:.2f} ms beside {read[2]:.2f})",
            busy,
        ]
    )
    return Finding(row("history_growth", max(store[0], read[0]), None, "times", note))


def _growth(found: list[Any], deed: str, short: int, long: int) -> tuple[float, float, float]:
    """The quotient in the middle, and in the middle what it takes in the long and the short history."""
    pairs = [(round_[deed][str(long)], round_[deed][str(short)]) for round_ in found]
    quotient = statistics.median(of_long / of_short for of_long, of_short in pairs)
    return quotient, *(statistics.median(side) for side in zip(*pairs, strict=True))


def create(quick: bool) -> Finding:
    many, rounds = (30, 3) if quick else (MANY, 9)
    with apart.started("company_create") as few, apart.started("company_create") as crowded:
        few.ask("make", 1)
        crowded.ask("make", many)
        # The first of each process pays for what is loaded once.
        for here in (few, crowded):
            here.ask("sign_up")
        began, before = time.monotonic(), processor.whole_machine()
        pairs = [(few.ask("sign_up"), crowded.ask("sign_up")) for _ in range(rounds)]
        busy = apart.busy(before, time.monotonic() - began)
    alone, among_many = (statistics.median(side) for side in zip(*pairs, strict=True))
    note = "; ".join(
        [
            f"sign-up to usable with {many} companies {among_many:.3f} s, with one {alone:.3f} s, "
            f"the password's hash included, medians of {rounds} in turn",
            busy,
        ]
    )
    faults = [f"a sign-up took {among_many:.2f} s"] if among_many > LONGEST_SIGN_UP else []
    return Finding(row("company_create", among_many / alone, None, "times", note), faults)


def migrate(quick: bool) -> Finding:
    many = 30 if quick else MANY
    with apart.started("migrate_noop") as here:
        here.ask("make", many)
        began, before = time.monotonic(), processor.whole_machine()
        # The reference takes a minute, ours a blink: it is tried once, ours before and after it.
        ours = [here.ask("ours") for _ in range(ROUNDS)]
        reference = here.ask("reference")
        ours += [here.ask("ours") for _ in range(ROUNDS)]
        busy = apart.busy(before, time.monotonic() - began)
    middle = statistics.median(ours)
    note = "; ".join(
        [
            f"nothing to do in {many} companies: migrate_companies, median of {len(ours)} before and after "
            "migrate_schemas, tried once",
            f"{middle * 1000:.0f} ms beside {reference:.1f} s; {busy}",
        ]
    )
    return Finding(row("migrate_noop_300", middle * 1000, reference * 1000, "ms", note))
