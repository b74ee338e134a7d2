"""Every connection that this installation begins to the world outside begins here, by the proxy where one is set."""

import base64
import ipaddress
import socket
from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings
from python_socks import ProxyError
from python_socks.sync import Proxy

#: Seconds until a connection must be there.
TIMEOUT = 20.0
_LONGEST_ANSWER = 65536


def connect(host: str, port: int, timeout: float = TIMEOUT) -> socket.socket:
    """A connection to a host outside. Raises OSError, also where the proxy cannot be reached or refuses."""
    if not settings.OUTGOING_PROXY or _is_direct(host):
        return socket.create_connection((host, port), timeout)
    try:
        if settings.OUTGOING_PROXY.lower().startswith("http://"):
            return _by_http(urlsplit(settings.OUTGOING_PROXY), host, port, timeout)
        return Proxy.from_url(settings.OUTGOING_PROXY).connect(host, port, timeout)
    except (ProxyError, OSError, ValueError) as error:
        # Without the error's text: the proxy's address may hold a password.
        raise ConnectionError(f"The proxy did not connect ({type(error).__name__}).") from None


# Not by python-socks: it takes more than the proxy's answer from the connection and drops the rest, which of a server
# that speaks first, as for mail, is its greeting.
def _by_http(proxy: SplitResult, host: str, port: int, timeout: float) -> socket.socket:
    """HTTP CONNECT (RFC 9110, 9.3.6)."""
    connection = socket.create_connection((proxy.hostname or "", proxy.port or 80), timeout)
    try:
        connection.sendall(_request(proxy, f"[{host}]:{port}" if ":" in host else f"{host}:{port}"))
        answer = _head(connection)
        if answer.split(b" ")[1:2] != [b"200"]:
            raise ConnectionError
    except BaseException:
        connection.close()
        raise
    return connection


def _request(proxy: SplitResult, target: str) -> bytes:
    lines = [f"CONNECT {target} HTTP/1.1", f"Host: {target}"]
    if proxy.username is not None:
        login = f"{unquote(proxy.username)}:{unquote(proxy.password or '')}"
        lines.append(f"Proxy-Authorization: Basic {base64.b64encode(login.encode()).decode()}")
    return "\r\n".join([*lines, "", ""]).encode()


def _head(connection: socket.socket) -> bytes:
    """The proxy's answer, and not a byte more."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        byte = connection.recv(1)
        if not byte or len(head) > _LONGEST_ANSWER:
            raise ConnectionError
        head += byte
    return head


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
