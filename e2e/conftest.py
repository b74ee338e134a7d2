from collections.abc import Generator, Iterator

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from e2e import chromium
from e2e.cast import Cast, SignIns
from e2e.site import Site
from e2e.stack import Stack

# Machines that run tests are busy ones.
expect.set_options(timeout=20_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        item.add_marker(pytest.mark.timeout(240))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failed test tells what the product wrote meanwhile."""
    report = yield
    stack = getattr(item, "funcargs", {}).get("stack")
    if report.failed and stack:
        report.sections.append(("What Parley wrote", stack.story()))
    return report


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    stack = Stack()
    try:
        stack.start()
        yield stack
    finally:
        stack.stop()
        stack.remove()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browsers(playwright: Playwright) -> Iterator[tuple[Browser, Browser]]:
    """Two browsers that share nothing: one for visitors, one for agents."""
    found = chromium.find(playwright.chromium)
    visitors, agents = (found.launch(playwright.chromium) for _ in range(2))
    yield visitors, agents
    visitors.close()
    agents.close()


@pytest.fixture(scope="session")
def sign_ins() -> SignIns:
    return {}


@pytest.fixture
def cast(stack: Stack, browsers: tuple[Browser, Browser], sign_ins: SignIns) -> Iterator[Cast]:
    """Everybody who takes part in a test; afterwards nobody may have met an error."""
    cast = Cast(stack, *browsers, sign_ins)
    yield cast
    cast.leave()
    assert not cast.errors


@pytest.fixture
def site(cast: Cast) -> Iterator[Site]:
    """A website of the demo company that allows what the settings say, and nothing else."""
    alice = cast.signed_in("alice")
    code, allowed = alice.site_code(str(cast.stack.demo["company_id"]))
    alice.goes_to(str(cast.stack.demo["company_id"]), "workspace/")
    with Site(code, allowed) as site:
        yield site
