"""A website's origin, written as browsers write it."""

import re
from urllib.parse import urlsplit

from widgets import errors

_DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*|\[[0-9a-f:.]+\]")


def parse(site: str) -> str:
    """The origin of a website's address, e.g. https://www.example.com of https://WWW.example.com/prices."""
    try:
        parts = urlsplit(site.strip())
        host, port = _host(parts.hostname or ""), parts.port
    except (ValueError, UnicodeError):
        raise errors.SiteInvalid(site=site) from None
    if parts.scheme not in _DEFAULT_PORTS or not _HOST.fullmatch(host) or parts.username is not None:
        raise errors.SiteInvalid(site=site)
    is_default = port in (None, _DEFAULT_PORTS[parts.scheme])
    return f"{parts.scheme}://{host}" + ("" if is_default else f":{port}")


def of_sockets(origin: str) -> str:
    """The same origin's WebSockets: a Content-Security-Policy takes them for another address."""
    return "ws" + origin.removeprefix("http")


def _host(name: str) -> str:
    if ":" in name:
        return f"[{name}]"
    return name.encode("idna").decode() if name else ""
