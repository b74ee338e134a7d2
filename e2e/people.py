"""A visitor and an agent, who do what people do: find things by their names and press them."""

import re

from playwright.sync_api import FrameLocator, Locator, Page, expect

from e2e.words import ENGLISH, Words


class Visitor:
    def __init__(self, page: Page, words: Words = ENGLISH) -> None:
        self.page = page
        self.words = words

    @property
    def button(self) -> Locator:
        return self.page.get_by_role("button", name=self.words.chat_with_us)

    @property
    def window(self) -> FrameLocator:
        return self.page.frame_locator(f'iframe[title="{self.words.chat}"]')

    @property
    def log(self) -> Locator:
        return self.window.get_by_role("log")

    @property
    def message(self) -> Locator:
        return self.window.get_by_role("textbox", name=self.words.message, exact=True)

    @property
    def end_chat(self) -> Locator:
        return self.window.get_by_role("button", name=self.words.end_chat, exact=True)

    def visits(self, url: str) -> None:
        self.page.goto(url)

    def opens_chat(self) -> None:
        self.button.click()
        expect(self.message).to_be_visible()

    def minimises(self) -> None:
        self.window.get_by_role("button", name="Minimise").click()

    def says(self, text: str) -> None:
        self.message.fill(text)
        self.window.get_by_role("button", name=self.words.send, exact=True).click()

    def ends_chat(self) -> None:
        self.end_chat.click()
        expect(self.end_chat).to_be_hidden()

    def mark_of(self, text: str) -> Locator:
        """The picture beside a message that tells how far it has come."""
        return message(self.log, text).get_by_role("img")


class Agent:
    def __init__(self, page: Page, url: str, words: Words = ENGLISH) -> None:
        self.page = page
        self.url = url
        self.words = words

    @property
    def grid(self) -> Locator:
        return self.page.get_by_role("grid", name=self.words.visitors)

    @property
    def requests(self) -> Locator:
        return self.grid.get_by_role("row").filter(has_text=self.words.requesting)

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log")

    @property
    def message(self) -> Locator:
        return self.page.get_by_role("textbox", name=self.words.message, exact=True)

    @property
    def own_conversations(self) -> Locator:
        return self.page.get_by_role("navigation", name="Conversations").get_by_role("button")

    @property
    def status(self) -> Locator:
        return self.page.locator("summary").filter(has_text="Status:")

    def chooses_status(self, status: str) -> None:
        self.status.click()
        self.page.get_by_role("button", name=re.compile(f"^{status}")).click()

    def signs_in(self, company_id: str, agent_id: str, password: str) -> None:
        self.page.goto(f"{self.url}/sign-in/")
        self.page.get_by_label(self.words.company_id, exact=True).fill(company_id)
        self.page.get_by_label(self.words.agent_id, exact=True).fill(agent_id)
        self.page.get_by_label(self.words.password, exact=True).fill(password)
        self.page.get_by_role("button", name=self.words.sign_in, exact=True).click()

    def signs_up(self, company: str, name: str, agent_id: str, password: str) -> str:
        """Returns the company's ID."""
        self.page.goto(f"{self.url}/sign-up/")
        self.page.get_by_label("Company name", exact=True).fill(company)
        self.page.get_by_label("Your name", exact=True).fill(name)
        self.page.get_by_label(self.words.agent_id, exact=True).fill(agent_id)
        self.page.get_by_label("E-mail", exact=True).fill(f"{agent_id}@{company.lower()}.example")
        self.page.get_by_label(self.words.password, exact=True).fill(password)
        self.page.get_by_role("button", name="Sign up", exact=True).click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text(f"Welcome, {name}")
        return re.findall(r"/c/(\d{8})/", self.page.url)[0]

    def signs_out(self) -> None:
        self.page.locator("summary").filter(has_text=re.compile(r"^\s*\w\s")).click()
        self.page.get_by_role("button", name="Sign out", exact=True).click()

    def goes_to(self, company_id: str, path: str) -> None:
        self.page.goto(f"{self.url}/c/{company_id}/{path}")

    def site_code(self, company_id: str) -> tuple[str, str]:
        """The line for the website, and what a Content-Security-Policy has to allow, as the page says."""
        self.goes_to(company_id, "settings/snippet/")
        return self.page.locator("#code").inner_text(), self.page.locator("#policy").inner_text()

    def accepts(self) -> None:
        self.requests.first.dblclick()
        expect(self.message).to_be_visible()

    def accepts_at(self, moment: float) -> None:
        """A double-click that happens by itself then, so that others can do it too at the same moment."""
        self.requests.first.evaluate(
            """(row, moment) => setTimeout(() => {
                row.click();
                row.dispatchEvent(new MouseEvent("dblclick", { bubbles: true }));
            }, moment - Date.now())""",
            moment * 1000,
        )

    def says(self, text: str) -> None:
        self.message.fill(text)
        self.page.get_by_role("button", name=self.words.send, exact=True).click()

    def ends(self) -> None:
        self.page.get_by_role("button", name=self.words.end, exact=True).click()
        self.page.get_by_role("button", name="End now", exact=True).click()

    def mark_of(self, text: str) -> Locator:
        return message(self.log, text).locator(".message-mark")


def message(log: Locator, text: str) -> Locator:
    return log.locator(".message").filter(has_text=text)


def said(log: Locator) -> list[str]:
    """What stands in a log, in its order, of the texts that tests number, as in "vera 1"."""
    return re.findall(r"\b(?:vera|bob|victor|grace) \d+\b", log.inner_text())
