"""Who is there: companies with their agents and visitors, and the load that they make."""

import asyncio
import random
from dataclasses import dataclass, field
from typing import Any

from faults.agent import Agent
from faults.book import Book
from faults.product import Product
from faults.sign_in import SignIn
from faults.visitor import Visitor


@dataclass(frozen=True)
class Size:
    """How much goes on."""

    companies: int = 2
    #: Of each company: those who talk, and those who only look around.
    talkers: int = 15
    lookers: int = 4
    #: Messages a second, of all together.
    rate: float = 30.0
    #: Of a visitor's messages every so many-th ends the conversation, and the next begins another.
    lasting: int = 40


@dataclass
class Company:
    company_id: int
    schema: str
    agents: list[Agent]
    visitors: list[Visitor] = field(default_factory=list)

    @property
    def here(self) -> list[Visitor]:
        return [visitor for visitor in self.visitors if visitor.is_here]

    @property
    def people(self) -> list[Agent | Visitor]:
        return [*self.agents, *self.visitors]


class Scene:
    def __init__(self, product: Product, size: Size, seed: int) -> None:
        self.product = product
        self.size = size
        self.dice = random.Random(seed)
        self.book = Book()
        self.companies = [self._company(facts) for facts in product.companies(size.companies)]
        self._speaking: list[asyncio.Task[None]] = []

    @property
    def people(self) -> list[Agent | Visitor]:
        return [person for company in self.companies for person in company.people]

    async def begin(self) -> None:
        """Agents first, so that somebody is there; then visitors."""
        for company in self.companies:
            for agent in company.agents:
                agent.come()
        await _until(lambda: all(a.line.is_open for c in self.companies for a in c.agents), 30)
        for person in self.people:
            if isinstance(person, Visitor):
                person.come()
        await _until(lambda: all(person.line.is_open for person in self.people), 30)

    def speak(self) -> None:
        """Everybody writes, whatever happens."""
        talkers = [one for one in self.people if isinstance(one, Agent) or one.talks]
        visitors = [one for one in talkers if isinstance(one, Visitor)]
        agents = [one for one in talkers if isinstance(one, Agent)]
        half = self.size.rate / 2
        pairs = [(one, half / len(visitors)) for one in visitors] + [
            (one, half / len(agents)) for one in agents
        ]
        self._speaking = [asyncio.create_task(self._speaks(one, each)) for one, each in pairs]
        self._speaking += [asyncio.create_task(self._looks_around(one)) for one in self._lookers()]

    async def be_silent(self) -> None:
        speaking, self._speaking = self._speaking, []
        for task in speaking:
            task.cancel()
        for done in await asyncio.gather(*speaking, return_exceptions=True):
            if isinstance(done, Exception):
                raise done

    async def end(self) -> None:
        await self.be_silent()
        await asyncio.gather(*(person.go() for person in self.people))

    def newcomer(self, company: Company, *, talks: bool) -> Visitor:
        number = len(company.visitors) + 1
        name = f"{company.schema}/visitor {number}"
        url = f"{self._live}/{company.company_id}/visitor"
        facts: dict[str, Any] = {"book": self.book, "url": url, "seed": self.dice.getrandbits(64)}
        visitor = Visitor(name, talks=talks, stutters=number % 5 == 0, **facts)
        company.visitors.append(visitor)
        return visitor

    async def _speaks(self, person: Agent | Visitor, rate: float) -> None:
        while True:
            await asyncio.sleep(self.dice.expovariate(rate))
            if isinstance(person, Visitor) and self.dice.random() * self.size.lasting < 1 and person.log:
                await person.end()
            else:
                person.say()

    async def _looks_around(self, visitor: Visitor) -> None:
        while True:
            await asyncio.sleep(self.dice.uniform(2, 8))
            await visitor.move()

    def _lookers(self) -> list[Visitor]:
        return [one for one in self.people if isinstance(one, Visitor) and not one.talks]

    @property
    def _live(self) -> str:
        return self.product.url.replace("http", "ws", 1) + "/live/c"

    def _company(self, facts: dict[str, Any]) -> Company:
        agents = [self._agent(facts, agent_id) for agent_id in facts["agents"]]
        for which, agent in enumerate(agents):
            agent.share = (which, len(agents))
        company = Company(facts["company_id"], facts["schema"], agents)
        for number in range(self.size.talkers + self.size.lookers):
            self.newcomer(company, talks=number < self.size.talkers)
        return company

    def _agent(self, facts: dict[str, Any], agent_id: str) -> Agent:
        sign_in = SignIn(self.product.url, facts["company_id"], agent_id, facts["password"])
        sign_in.sign_in()
        name = f"{facts['schema']}/{agent_id}"
        url = f"{self._live}/{facts['company_id']}/agent"
        seed = self.dice.getrandbits(64)
        return Agent(name, sign_in, book=self.book, url=url, seed=seed, stutters=agent_id == "carol")


async def _until(look: Any, seconds: float) -> None:
    async with asyncio.timeout(seconds):
        while not look():
            await asyncio.sleep(0.05)
