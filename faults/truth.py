"""What is so, and what people are shown: colleagues' statuses, who is on the website, what the website says."""

import asyncio
import time
from collections.abc import Iterator

from faults.agent import Agent
from faults.scene import Company, Scene
from faults.visitor import Visitor

#: Seconds after the last fault within which everything shown must be true again.
WITHIN = 10.0
#: Longest wait for it, to know how long it took.
PATIENCE = 75.0


async def healed(scene: Scene, changes: "asyncio.Task[None]", within: float) -> tuple[float, list[str]]:
    """Seconds from now until everything was done that was asked meanwhile and everything shown was true, and
    what was not when the time was up."""
    began = time.monotonic()
    late: list[str] = []
    while True:
        wrong = list(untrue(scene)) + ([] if changes.done() else ["a status is not chosen yet"])
        took = time.monotonic() - began
        if not wrong or took > PATIENCE:
            return round(took, 1), late
        if took > within:
            late = late or wrong
        await asyncio.sleep(0.1)


def untrue(scene: Scene) -> Iterator[str]:
    for company in scene.companies:
        for person in company.people:
            if person.is_here and not person.line.is_open:
                yield f"{person.name} has no connection ({person.line.trouble})"
            for kind in person.line.unanswered:
                yield f"{person.name} has no answer to {kind}"
        yield from _agents_see(company)
        yield from _visitors_see(company)


def _agents_see(company: Company) -> Iterator[str]:
    statuses = {agent.pk: _status(agent) for agent in company.agents}
    here = {visitor.visitor: visitor for visitor in company.here}
    for agent in company.agents:
        if not agent.is_here:
            continue
        for pk, status in statuses.items():
            if agent.colleagues.get(pk) != status:
                yield f"{agent.name} sees agent {pk} {agent.colleagues.get(pk)}, who is {status}"
        yield from _board_of(agent, here)


def _board_of(agent: Agent, here: dict[str, Visitor]) -> Iterator[str]:
    shown = {key: one for key, one in agent.board.items() if one.get("left_at") is None}
    for key in shown.keys() - here.keys():
        yield f"{agent.name} sees a visitor who is gone: {shown[key]['page']['url']}"
    for key in here.keys() - shown.keys():
        yield f"{agent.name} does not see {here[key].name}"
    for key in shown.keys() & here.keys():
        if shown[key]["page"]["url"] != here[key].page["url"]:
            yield f"{agent.name} sees {here[key].name} on an old page"


def _visitors_see(company: Company) -> Iterator[str]:
    shown = availability(company)
    for visitor in company.here:
        if visitor.availability != shown:
            yield f"{visitor.name} is shown {visitor.availability}, the website is {shown}"


def availability(company: Company) -> str:
    statuses = {_status(agent) for agent in company.agents}
    return next((status for status in ("online", "busy") if status in statuses), "offline")


def _status(agent: Agent) -> str:
    return agent.status if agent.is_here else "offline"
