"""What a new administrator does first: each app puts its steps here, and the page shows which are done."""

from collections.abc import Callable
from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise

from companies.models import Company

Words = str | Promise


class Step(NamedTuple):
    """Something to do once. `is_done` asks the company's own rows, inside the company."""

    order: int
    title: Words
    sentence: Words
    #: What the link that leads there is called.
    action: Words
    url_name: str
    is_done: Callable[[Company], bool]


class Shown(NamedTuple):
    step: Step
    url: str
    is_done: bool


_steps: list[Step] = []


def register(*steps: Step) -> None:
    _steps.extend(steps)


def of(company: Company) -> list[Shown]:
    """All steps in their order, inside the company."""
    steps = sorted(_steps, key=lambda step: step.order)
    return [
        Shown(step, reverse(step.url_name, args=[company.company_id]), step.is_done(company))
        for step in steps
    ]
