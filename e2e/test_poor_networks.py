"""Networks that let no WebSocket live: people notice nothing, and nothing is lost or doubled."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from e2e.cast import Cast
from e2e.people import Agent, Visitor
from e2e.proxy import Proxy, Trouble
from e2e.site import Site
from e2e.test_recovery import both_speak, has_everything
from e2e.words import ENGLISH

#: What browsers say of a network like these.
ROUGH = r"WebSocket|net::ERR_|Failed to load resource|403|410|503"
#: Seconds after which every way has been tried.
FOUND_OUT = 30_000


@pytest.fixture(params=["refuses WebSockets", "kills WebSockets", "buffers streams"])
def proxy(cast: Cast, request: pytest.FixtureRequest) -> Iterator[Proxy]:
    cast.forgive(ROUGH)
    target = urlsplit(cast.stack.url)
    trouble: Trouble = request.param
    with Proxy(target.hostname or "", target.port or 80, trouble) as proxy:
        yield proxy
        # Before the network is taken away.
        cast.leave()


@pytest.fixture
def bob(cast: Cast, proxy: Proxy) -> Agent:
    """In the workspace, through the proxy."""
    near = cast.signed_in("bob")
    page = near.page.context.new_page()
    near.page.close()
    bob = Agent(page, proxy.url)
    bob.goes_to(str(cast.stack.demo["company_id"]), "workspace/")
    expect(bob.grid).to_be_visible(timeout=FOUND_OUT)
    return bob


@pytest.fixture
def vera(cast: Cast, proxy: Proxy) -> Iterator[Visitor]:
    """On a website whose chat comes through the proxy."""
    code = (
        f'<script async src="{proxy.url}/loader.js" data-company="{cast.stack.demo["company_id"]}"></script>'
    )
    ours = f"{proxy.url} {proxy.url.replace('http', 'ws')}"
    allowed = f"script-src {ours}; frame-src {ours}; connect-src {ours}"
    vera = Visitor(cast.context(cast.visitors, ENGLISH).new_page())
    with Site(code, allowed) as site:
        vera.visits(site.url())
        vera.opens_chat()
        yield vera
        # Whoever tests next finds nobody waiting.
        vera.ends_chat()


def test_both_talk_and_nothing_is_lost_when_the_network_cuts(bob: Agent, vera: Visitor, proxy: Proxy) -> None:
    vera.says("vera 1")
    expect(vera.mark_of("vera 1")).to_have_accessible_name("Sent", timeout=FOUND_OUT)
    bob.accepts()
    bob.says("bob 1")
    expect(vera.log).to_contain_text("bob 1")
    for number in range(2, 8):
        both_speak(bob, vera, number)
        if number % 3 == 0:
            proxy.cut()
        if number % 3 == 1:
            proxy.halve(2)
    has_everything(bob, vera, 7)
    for role in ("visitor", "agent"):
        way = "poll" if proxy.trouble == "buffers streams" else "stream"
        assert proxy.requests(f"{role}/frames") > 5
        assert proxy.requests(f"{role}/{way}") >= 2


def test_on_the_next_page_the_way_is_known(bob: Agent, vera: Visitor, proxy: Proxy) -> None:
    vera.says("vera 1")
    expect(vera.mark_of("vera 1")).to_have_accessible_name("Sent", timeout=FOUND_OUT)
    before = len(proxy.asked)
    vera.page.get_by_role("link", name="Prices").click()
    expect(vera.log).to_contain_text("vera 1")
    # Each WebSocket begins with a GET.
    assert [line for line in proxy.asked[before:] if line.startswith("GET /live/")] == []
