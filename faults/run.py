"""One run: the product, the people, a random plan of faults, and the balance after each."""

import asyncio
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from faults import balance, harm, page, truth
from faults.balance import Balance
from faults.product import Product
from faults.scene import Company, Scene, Size

#: Longest wait at the end until nothing is on its way: two heartbeats.
SETTLING = 60.0
#: Of what is wrong after a fault, so much is said at once.
SHOWN = 4


@dataclass(frozen=True)
class Plan:
    names: Sequence[str]
    seconds: float
    seed: int
    size: Size
    #: Over and over until the time is up; else once through.
    repeats: bool = False
    #: Seconds of plain load before the first fault and between two.
    calm: float = 3.0
    #: Seconds after a fault within which everything shown must be true again.
    within: float = truth.WITHIN


@dataclass
class Step:
    """One fault and what came of it."""

    name: str
    what: str
    healed_in: float | None = None
    wrong: list[str] = field(default_factory=list)

    @property
    def passes(self) -> bool:
        return not self.wrong


@dataclass
class Outcome:
    plan: Plan
    steps: list[Step] = field(default_factory=list)
    books: Balance = field(default_factory=Balance)
    seconds: float = 0.0
    #: What the companies' own pages said at the end.
    page: dict[str, int] = field(default_factory=dict)
    memory: list[dict[str, float]] = field(default_factory=list)
    #: What the product printed last, when something went wrong.
    story: str = ""

    @property
    def passes(self) -> bool:
        return self.books.is_even and all(step.passes for step in self.steps)


async def run(plan: Plan) -> Outcome:
    product = Product()
    try:
        await asyncio.to_thread(product.start)
        return await _run(plan, product)
    finally:
        product.stop()
        product.remove()


async def _run(plan: Plan, product: Product) -> Outcome:
    scene = Scene(product, plan.size, plan.seed)
    outcome = Outcome(plan)
    await scene.begin()
    began = time.monotonic()
    scene.speak()
    await asyncio.sleep(plan.calm)
    outcome.memory.append(product.memory())
    for name in _drawn(plan):
        if time.monotonic() - began > plan.seconds or not product.is_alive():
            break
        outcome.steps.append(await _step(scene, name, plan.within))
        await asyncio.sleep(plan.calm)
    outcome.seconds = round(time.monotonic() - began, 1)
    await scene.be_silent()
    if product.is_alive():
        outcome.books = await balance.of_everything(scene, SETTLING)
        outcome.page = await asyncio.to_thread(page.figures, scene)
        outcome.books.troubles += page.contradictions(outcome.page, outcome.books)
        outcome.memory.append(product.memory())
    else:
        outcome.books.troubles.append("the product has ended")
    if not outcome.passes:
        outcome.story = product.story()
    await scene.end()
    return outcome


def _drawn(plan: Plan) -> Iterator[str]:
    """In a random order that the seed decides."""
    dice = random.Random(plan.seed)
    while True:
        yield from dice.sample(plan.names, len(plan.names))
        if not plan.repeats:
            return


async def _step(scene: Scene, name: str, within: float) -> Step:
    print(f"  {name} …", end="", flush=True)
    step = Step(name, "")
    changes = asyncio.create_task(_everything_changes(scene))
    try:
        step.what = await harm.FAULTS[name](scene)
    except harm.Skipped as reason:
        step.what = f"skipped: {reason}"
    step.healed_in, step.wrong = await truth.healed(scene, changes, within)
    if changes.done():
        await changes
    changes.cancel()
    if scene.product.is_alive():
        found = await asyncio.to_thread(balance.of_rows, scene)
        step.wrong += found.lost + found.doubled + found.out_of_order + found.troubles
    print(f" {step.what}; true again after {step.healed_in} s", flush=True)
    for wrong in step.wrong[:SHOWN]:
        print(f"    WRONG: {wrong}", flush=True)
    return step


async def _everything_changes(scene: Scene) -> None:
    """While something is broken people come, go and choose: what is shown afterwards is not what was before."""
    await asyncio.sleep(0.3)
    await asyncio.gather(*(_changes(scene, company) for company in scene.companies))


async def _changes(scene: Scene, company: Company) -> None:
    lookers = [visitor for visitor in company.here if not visitor.talks]
    leaving, moving = scene.dice.sample(lookers, 2)
    await leaving.go()
    scene.newcomer(company, talks=False).come()
    await moving.move()
    # Everybody away, or one of them there: the website changes too.
    chosen = scene.dice.choice(
        [("away", "away", "away"), ("busy", "away", "busy"), ("online", "busy", "away")]
    )
    pairs = zip(company.agents, chosen, strict=True)
    await asyncio.gather(*(agent.choose(status) for agent, status in pairs if agent.status != status))
