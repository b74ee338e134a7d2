"""Who comes to a website, as far as their browser and connection tell. Nobody is asked."""

import functools
import time
from collections.abc import Iterable
from typing import Any

from chat import words
from core import geo, systems
from protocol import commands, payloads
from widgets import sources


def make_ready() -> None:
    """Load what the first visitor would otherwise wait for, and every other socket with them: some 0.3 s."""
    geo.find("114.114.114.114")
    systems.of("Mozilla/5.0")


def address(scope: dict[str, Any]) -> str:
    """The visitor's, as the server or a trusted proxy names it; empty where there is none."""
    client = scope.get("client")
    return str(client[0]) if client else ""


def visitor(
    visitor_id: str, command: commands.OpenVisitorSession, *, ip: str, user_agent: str, sites: Iterable[str]
) -> payloads.BoardVisitor:
    location = geo.find(ip)
    system = systems.of(user_agent)
    return payloads.BoardVisitor(
        visitor=visitor_id,
        page=page(command.page),
        entered_at=int(time.time() * 1000),
        language=words.line(command.language),
        ip=ip,
        place=_place(*location[:3]),
        carrier=location.carrier,
        browser=system.browser,
        system=system.system,
        device=system.device,
        source=sources.of(command.page.url, command.referrer, sites),
    )


def page(seen: payloads.Page) -> payloads.Page:
    """In one line each, and without what no database keeps."""
    return payloads.Page(url=words.line(seen.url), title=words.line(seen.title))


@functools.lru_cache(maxsize=10_000)
def _place(country: str, province: str, city: str) -> payloads.Place:
    return payloads.Place(country=country, province=province, city=city)
