"""Every connection that this installation begins to the world outside begins here, by the proxy where one is set."""

import ipaddress
import socket

from django.conf import settings
from python_socks import ProxyError
from python_socks.sync import Proxy

#: Seconds until a connection must be there.
TIMEOUT = 20.0


def connect(host: str, port: int, timeout: float = TIMEOUT) -> socket.socket:
    """A connection to a host outside. Raises OSError, also where the proxy cannot be reached or refuses."""
    if not settings.OUTGOING_PROXY or _is_direct(host):
        return socket.create_connection((host, port), timeout)
    try:
        return Proxy.from_url(settings.OUTGOING_PROXY).connect(host, port, timeout)
    except (ProxyError, OSError, ValueError) as error:
        # Without the error's text: the proxy's address may hold a password.
        raise ConnectionError(f"The proxy did not connect ({type(error).__name__}).") from None


def _is_direct(host: str) -> bool:
    """This machine, and what PARLEY_PROXY_EXCEPT names: hosts, domains with a dot in front, or networks."""
    return host == "localhost" or any(_matches(host.lower(), rule) for rule in settings.OUTGOING_DIRECT)


def _matches(host: str, rule: str) -> bool:
    if rule.startswith("."):
        return host.endswith(rule)
    try:
        return ipaddress.ip_address(host) in ipaddress.ip_network(rule, strict=False)
    except ValueError:
        return host == rule
