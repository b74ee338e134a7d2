"""Who takes part in a test, and what went wrong in their browsers."""

import re

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Response,
    StorageState,
    ViewportSize,
    WebError,
    expect,
)

from e2e.people import Agent, Visitor
from e2e.stack import Stack
from e2e.words import ENGLISH, Words

SignIns = dict[tuple[str, Words], StorageState]


class Cast:
    def __init__(self, stack: Stack, visitors: Browser, agents: Browser, sign_ins: SignIns) -> None:
        self.stack = stack
        self.visitors = visitors
        self.agents = agents
        self.sign_ins = sign_ins
        self.contexts: list[BrowserContext] = []
        self.guests: list[Visitor] = []
        self.errors: list[str] = []
        self.forgiven: list[re.Pattern[str]] = []

    def visitor(self, words: Words = ENGLISH) -> Visitor:
        visitor = Visitor(self.context(self.visitors, words).new_page(), words)
        self.guests.append(visitor)
        return visitor

    def agent(self, words: Words = ENGLISH) -> Agent:
        return Agent(self.context(self.agents, words).new_page(), self.stack.url, words)

    def signed_in(self, agent_id: str, words: Words = ENGLISH) -> Agent:
        """An agent of the demo company, in the workspace."""
        kept = self.sign_ins.get((agent_id, words)) or self._sign_in(agent_id, words)
        agent = Agent(self.context(self.agents, words, kept).new_page(), self.stack.url, words)
        agent.goes_to(str(self.stack.demo["company_id"]), "workspace/")
        expect(agent.grid).to_be_visible()
        return agent

    def on_the_demo_website(self, words: Words = ENGLISH) -> Visitor:
        """A visitor with the chat window open."""
        visitor = self.visitor(words)
        visitor.visits(self.stack.demo["demo_url"])
        visitor.opens_chat()
        return visitor

    def talking(self) -> tuple[Agent, Visitor]:
        """Bob and Vera, in conversation."""
        bob, vera = self.signed_in("bob"), self.on_the_demo_website()
        vera.says("Hello, who is there?")
        bob.accepts()
        bob.says("Hello, Bob here.")
        expect(vera.log).to_contain_text("Hello, Bob here.")
        return bob, vera

    def context(self, browser: Browser, words: Words, kept: StorageState | None = None) -> BrowserContext:
        size: ViewportSize = {"width": 1440, "height": 900}
        context = browser.new_context(locale=words.locale, viewport=size, storage_state=kept)
        context.set_default_timeout(20_000)
        context.on("console", self._console)
        context.on("weberror", self._web_error)
        context.on("response", self._response)
        self.contexts.append(context)
        return context

    def forgive(self, pattern: str) -> None:
        """Errors that a test brings about itself, such as those of a server it killed."""
        self.forgiven.append(re.compile(pattern))

    def leave(self) -> None:
        """No conversation is left over for the next test."""
        for guest in self.guests:
            if guest.end_chat.is_visible():
                guest.ends_chat()
        for context in self.contexts:
            context.close()

    def _sign_in(self, agent_id: str, words: Words) -> StorageState:
        """Once for all tests: passwords are slow to check, as they should be."""
        agent = self.agent(words)
        agent.signs_in(str(self.stack.demo["company_id"]), agent_id, self.stack.demo["agents"][agent_id])
        expect(agent.grid).to_be_visible()
        self.sign_ins[agent_id, words] = kept = agent.page.context.storage_state()
        agent.page.context.close()
        return kept

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._note(f"{message.text} ({message.location.get('url', '')})")

    def _web_error(self, error: WebError) -> None:
        self._note(str(error.error))

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self._note(f"{response.status} {response.url}")

    def _note(self, error: str) -> None:
        if not any(pattern.search(error) for pattern in self.forgiven):
            self.errors.append(error)
