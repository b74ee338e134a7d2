"""Runs of both designs in turn, so that whatever else the machine does meets both."""

import statistics
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

from bench.design import Design

Subject = TypeVar("Subject")
T = TypeVar("T")


class Pair(NamedTuple):
    ours: Design
    reference: Design


def interleaved(
    pair: tuple[Subject, Subject], count: int, measure: Callable[[Subject], T]
) -> tuple[list[T], list[T]]:
    """Ours, reference, ours, reference, …"""
    found: tuple[list[T], list[T]] = ([], [])
    for _ in range(count):
        for subject, measured in zip(pair, found, strict=True):
            measured.append(measure(subject))
    return found


def median(runs: Sequence[T], figure: Callable[[T], float]) -> T:
    """The run in the middle, by this figure; of two in the middle the lower one."""
    middle = statistics.median_low([figure(run) for run in runs])
    return next(run for run in runs if figure(run) == middle)
